"""What leaves on paper or as a sheet: faces of type, codes for a camera, Excel files."""
