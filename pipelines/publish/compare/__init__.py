"""Two runs held against each other: arithmetic on what was published, without files, pages or words."""
