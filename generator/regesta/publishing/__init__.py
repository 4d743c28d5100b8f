"""Publishing a built site into its folder: in one step if the system supports that, else file by file."""
