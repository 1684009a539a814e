//! A secret's value, as a type that cannot be shown.

use secrecy::{ExposeSecret as _, SecretString};

/// A text that must reach nobody's eyes or disk: it has no `Display`, `Serialize`, `Clone` or `PartialEq`, its
/// `Debug` tells nothing, and its memory is wiped when it goes. Copies that libraries make below us are not.
pub struct Secret(SecretString);

impl Secret {
    /// Takes a text in.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The text itself. Whoever calls this sends it where it belongs and keeps nothing: a call to AWS, or the one
    /// answer to somebody who asked to see it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// How many bytes it has, which the limits of services count.
    pub fn size(&self) -> usize {
        self.expose().len()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_shows_nothing_of_itself() {
        let secret = Secret::new("hunter2".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(
            (secret.expose(), secret.size()),
            ("hunter2", 7),
            "and still has its text"
        );
    }
}
