//! Chance that repeats.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use pilothouse_effects::Entropy;

/// Counts instead of throwing dice. Clones count on together.
#[derive(Debug, Clone, Default)]
pub struct CountingEntropy(Arc<AtomicU64>);

impl Entropy for CountingEntropy {
    fn token(&self) -> io::Result<String> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(format!("{number:032x}"))
    }
}
