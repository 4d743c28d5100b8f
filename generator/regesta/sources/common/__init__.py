"""What sources share: dumps and how they are read, loose values, columns, BibTeX entries, TeX, names."""
