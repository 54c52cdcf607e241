"""Makes the pages of docs/reference out of the declarations: one function a page."""
