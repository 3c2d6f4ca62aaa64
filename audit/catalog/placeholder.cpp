// Stands here until the folder has sources.
