//! Whether this computer has a graphics card.

use std::fs;

/// Whether Linux shows a node that graphics can be rendered with. Without one (a virtual display, a remote
/// session) everything that looks like it is done by the processor.
pub fn has_graphics_card() -> bool {
    let Ok(nodes) = fs::read_dir("/dev/dri") else {
        return false;
    };
    nodes
        .flatten()
        .any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
}
