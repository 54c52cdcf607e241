"""What must hold of every county, whatever it files: properties of whole assessments."""
