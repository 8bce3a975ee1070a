"""送看: a leader looks at an issue in the making, says what is to be mended, and consents."""
