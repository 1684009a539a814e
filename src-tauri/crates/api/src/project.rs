//! Opening a project: which folder, which file, which stage, and what it may see.
