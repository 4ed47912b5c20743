"""What is answered, and when: commands, replies, plain words. Imports knowledge, never an adapter."""
