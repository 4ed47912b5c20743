"""The desk: commands that keep something. What is needed is loaded, decided upon, written at once.

A decision is a pure function of what is stored, of what was asked, and of the time.
"""
