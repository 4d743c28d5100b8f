"""The map: the archive as a picture, in which papers that say alike lie near one another."""
