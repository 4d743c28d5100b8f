"""What sources share: dumps and how to read them, loose values, columns, BibTeX entries, TeX, names."""
