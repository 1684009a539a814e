//! The system's randomness.

use std::fmt::Write;
use std::io;

use pilothouse_effects::Entropy;

/// Randomness that is fit for passwords.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn token(&self) -> io::Result<String> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let mut token = String::with_capacity(32);
        for byte in bytes {
            let _ = write!(token, "{byte:02x}");
        }
        Ok(token)
    }
}
