"""How people come to an account and into it: registration, lists, links, sign-in."""
