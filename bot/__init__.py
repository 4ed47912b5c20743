"""What is answered, and when. Imports knowledge, never an adapter."""
