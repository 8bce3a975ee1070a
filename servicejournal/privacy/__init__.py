"""What is kept about people (个人信息): told to everybody, given to whom it is about, let go."""
