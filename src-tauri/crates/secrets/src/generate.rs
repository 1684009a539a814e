//! Values that nobody thought of.

use std::io;

use pilothouse_effects::Entropy;
use pilothouse_model::Secret;

/// What a generated value is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// Letters and digits: what every program takes.
    Plain,
    /// And signs that neither a shell, a URL nor a connection string reads as its own.
    Signs,
    /// Hexadecimal digits.
    Hex,
}

impl Alphabet {
    const fn letters(self) -> &'static [u8] {
        match self {
            Self::Plain => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
            Self::Signs => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~",
            Self::Hex => b"0123456789abcdef",
        }
    }
}

/// A value of that many letters, each as likely as every other.
///
/// # Errors
/// When the system has no chance to give.
pub fn generate(entropy: &dyn Entropy, alphabet: Alphabet, length: usize) -> io::Result<Secret> {
    let letters = alphabet.letters();
    // Bytes above the last whole multiple would make the first letters likelier, so they are thrown away.
    let fair = 256 - 256 % letters.len();
    let mut value = String::with_capacity(length);
    while value.len() < length {
        let token = entropy.token()?;
        for pair in token.as_bytes().chunks_exact(2) {
            let digits = std::str::from_utf8(pair).unwrap_or_default();
            let byte = usize::from_str_radix(digits, 16).map_err(io::Error::other)?;
            if byte < fair && value.len() < length {
                value.extend(
                    letters
                        .get(byte % letters.len())
                        .map(|letter| char::from(*letter)),
                );
            }
        }
    }
    Ok(Secret::new(value))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// Every byte as often as every other.
    #[derive(Debug, Default)]
    struct Even(AtomicU64);

    impl Entropy for Even {
        fn token(&self) -> io::Result<String> {
            let start = self.0.fetch_add(16, Ordering::SeqCst);
            Ok((start..start + 16)
                .map(|byte| format!("{:02x}", byte % 256))
                .collect())
        }
    }

    #[test]
    fn every_letter_is_as_likely_as_every_other() {
        for alphabet in [Alphabet::Plain, Alphabet::Signs, Alphabet::Hex] {
            let letters = alphabet.letters();
            let per_round = 256 - 256 % letters.len();
            let value = generate(&Even::default(), alphabet, per_round * 4).expect("chance");
            let mut counts: BTreeMap<char, usize> = BTreeMap::new();
            value
                .expose()
                .chars()
                .for_each(|letter| *counts.entry(letter).or_default() += 1);
            assert_eq!(counts.len(), letters.len(), "{alphabet:?}");
            let times: Vec<usize> = counts.into_values().collect();
            assert!(
                times.iter().all(|count| *count == times[0]),
                "{alphabet:?}: {times:?}"
            );
        }
    }

    #[test]
    fn it_has_the_length_that_was_asked_for() {
        for length in [0, 1, 15, 16, 17, 100] {
            let value = generate(&Even::default(), Alphabet::Signs, length).expect("chance");
            assert_eq!(value.size(), length);
        }
    }
}
