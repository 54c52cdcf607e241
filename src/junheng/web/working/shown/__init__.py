"""The page of each kind of result, made from the study itself."""
