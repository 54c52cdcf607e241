"""What everybody may read of the conclusions, and the pages by which the city publishes them."""
