//! Forms and edits of projects in memory.
