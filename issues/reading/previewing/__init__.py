"""An issue in the making as readers will see it, behind a link and for who holds it alone."""
