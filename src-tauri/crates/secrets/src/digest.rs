//! Values told apart without being shown: a digest under a key that this computer alone has, so that nobody can try
//! likely values against it.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use pilothouse_model::Secret;
use sha2::Sha256;

/// The key that digests of values are made with.
pub struct DigestKey([u8; 32]);

/// The keyed digest of a value. Two are equal when their values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueDigest([u8; 32]);

impl DigestKey {
    /// Takes the bytes of a key.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest of a value.
    pub fn of(&self, value: &Secret) -> ValueDigest {
        // A key that is shorter than the function's block is filled up with zeros.
        let mut block = [0; 64];
        block
            .iter_mut()
            .zip(self.0)
            .for_each(|(place, byte)| *place = byte);
        let keyed = Hmac::<Sha256>::new(&block.into());
        let bytes = keyed.chain_update(value.expose()).finalize().into_bytes();
        ValueDigest(bytes.into())
    }
}

impl fmt::Debug for DigestKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DigestKey(..)")
    }
}

impl fmt::Display for ValueDigest {
    /// As many digits as tell the values of one list apart.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .take(6)
            .try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_published_function_and_depends_on_the_key() {
        let secret = || Secret::new("Hi There".to_owned());
        // RFC 4231, case 1: its key of 20 bytes is filled up with zeros, as HMAC does itself.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            DigestKey::new(key).of(&secret()).to_string(),
            "b0344c61d8db"
        );
        let other = DigestKey::new([7; 32]);
        assert_eq!(other.of(&secret()), other.of(&secret()));
        assert_ne!(other.of(&secret()), DigestKey::new(key).of(&secret()));
        assert_ne!(
            other.of(&secret()),
            other.of(&Secret::new("Hi there".to_owned()))
        );
        assert_eq!(format!("{other:?}"), "DigestKey(..)");
    }
}
