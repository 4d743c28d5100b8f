"""What the curator owns: one module reads and writes each kind of file below content/."""
