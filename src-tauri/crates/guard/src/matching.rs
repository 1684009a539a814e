//! Patterns: `*` and `?`, variables, and texts of which parts are not known.

use serde_json::Value;

use crate::context::{Context, Held};
use crate::text::Text;
use crate::truth::Truth;

/// What a pattern is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// This letter.
    Letter(char),
    /// `?`: any one letter.
    One,
    /// `*`: any letters, or none.
    Any,
    /// Letters that are not known.
    Open,
}

/// A text of a policy, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// These pieces.
    Pieces(Vec<Piece>),
    /// It holds a variable that the request does not have, so that it fits nothing.
    Missing,
}

/// How a text is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The values of variables, where the document has them.
    pub(crate) variables: Option<&'a Context>,
    /// Whether `*` and `?` stand for other letters.
    pub(crate) wildcards: bool,
}

impl Pattern {
    pub(crate) fn of(text: &Text, reading: Reading<'_>) -> Self {
        match text {
            Text::Known(known) => Self::of_text(known, reading),
            Text::Plain(value) => Self::of_text(&value.to_string(), reading),
            Text::Unresolved(value) => Self::Pieces(of_intrinsic(value, reading.wildcards)),
        }
    }

    fn of_text(text: &str, reading: Reading<'_>) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let variable = reading.variables.zip(
                rest.strip_prefix("${")
                    .and_then(|after| after.split_once('}')),
            );
            if let Some((context, (inside, after))) = variable {
                match substituted(inside, context) {
                    Some(with) => pieces.extend(with),
                    None => return Self::Missing,
                }
                rest = after;
                continue;
            }
            pieces.push(piece(letter, reading.wildcards));
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
        Self::Pieces(pieces)
    }

    /// Whether a text fits the whole pattern.
    pub(crate) fn fits(&self, text: &str) -> Truth {
        match self {
            Self::Pieces(pieces) => fits(pieces, &text.chars().collect::<Vec<_>>()),
            Self::Missing => Truth::No,
        }
    }

    /// Whether a text fits, whatever the case of its letters.
    pub(crate) fn fits_any_case(&self, text: &str) -> Truth {
        let lower = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
        match self {
            Self::Pieces(pieces) => {
                let pieces: Vec<Piece> = pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Letter(letter) => Piece::Letter(lower(*letter)),
                        other => *other,
                    })
                    .collect();
                fits(&pieces, &text.chars().map(lower).collect::<Vec<_>>())
            }
            Self::Missing => Truth::No,
        }
    }

    /// Whether an ARN fits, each of its six parts on its own.
    pub(crate) fn fits_by_parts(&self, text: &str) -> Truth {
        let Self::Pieces(pieces) = self else {
            return Truth::No;
        };
        let parts: Vec<&[Piece]> = pieces
            .splitn(6, |piece| *piece == Piece::Letter(':'))
            .collect();
        let texts: Vec<&str> = text.splitn(6, ':').collect();
        if parts.len() != texts.len() {
            // What is not known may hold the missing colons.
            let open = pieces.contains(&Piece::Open) && parts.len() < texts.len();
            return if open {
                self.fits(text).and(Truth::Unknown)
            } else {
                Truth::No
            };
        }
        let by_part = parts.iter().zip(&texts);
        let strict =
            Truth::all(by_part.map(|(part, text)| fits(part, &text.chars().collect::<Vec<_>>())));
        if strict == Truth::No && pieces.contains(&Piece::Open) {
            return self.fits(text).and(Truth::Unknown);
        }
        strict
    }

    /// Whether a resource fits. A `*` at the end of a part may reach over colons, one within a part may not; where
    /// only the latter would make it fit, AWS's documents leave it open.
    pub(crate) fn fits_resource(&self, text: &str) -> Truth {
        let Self::Pieces(pieces) = self else {
            return Truth::No;
        };
        let whole = self.fits(text);
        if whole == Truth::No || self.fits_by_parts(text) == Truth::Yes {
            return whole;
        }
        let end = [Piece::Letter(':')];
        let mut colons = 0;
        let within = pieces
            .iter()
            .zip(pieces.iter().skip(1).chain(&end))
            .any(|(piece, after)| {
                colons += usize::from(*piece == Piece::Letter(':'));
                *piece == Piece::Any && *after != Piece::Letter(':') && colons < 5
            });
        if within { Truth::Unknown } else { whole }
    }

    /// The text, when all of it is known and nothing in it stands for other letters.
    pub(crate) fn plain(&self) -> Option<String> {
        let Self::Pieces(pieces) = self else {
            return None;
        };
        let letters = pieces.iter().map(|piece| match piece {
            Piece::Letter(letter) => Some(*letter),
            Piece::One | Piece::Any | Piece::Open => None,
        });
        letters.collect()
    }

    /// Whether it holds a variable that the request does not have, or may not have: then nothing fits it, and AWS's
    /// documents do not say whether the opposite holds.
    pub(crate) fn may_be_missing(&self) -> bool {
        match self {
            Self::Pieces(pieces) => pieces.contains(&Piece::Open),
            Self::Missing => true,
        }
    }
}

const fn piece(letter: char, wildcards: bool) -> Piece {
    match letter {
        '*' if wildcards => Piece::Any,
        '?' if wildcards => Piece::One,
        letter => Piece::Letter(letter),
    }
}

/// What a variable stands for; nothing when the request does not have it. Its letters are only themselves.
fn substituted(inside: &str, context: &Context) -> Option<Vec<Piece>> {
    let letters = |text: &str| text.chars().map(Piece::Letter).collect::<Vec<_>>();
    if matches!(inside, "*" | "?" | "$") {
        return Some(letters(inside));
    }
    let (key, fallback) = match inside.split_once(',') {
        Some((key, fallback)) => (key.trim(), Some(fallback.trim().trim_matches('\''))),
        None => (inside.trim(), None),
    };
    match context.get(key) {
        Held::Values(values) => match values.as_slice() {
            [one] => Some(letters(one)),
            // A key of several values cannot stand in a text.
            _ => fallback.map(letters),
        },
        Held::Absent => fallback.map(letters),
        Held::Unknown => Some(vec![Piece::Open]),
    }
}

/// `Fn::Sub` tells what stands around its variables; every other function could give any text.
fn of_intrinsic(value: &Value, wildcards: bool) -> Vec<Piece> {
    let Some(mut rest) = value.get("Fn::Sub").and_then(Value::as_str) else {
        return vec![Piece::Open];
    };
    let mut pieces = Vec::new();
    while let Some((before, after)) = rest.split_once("${") {
        pieces.extend(before.chars().map(|letter| piece(letter, wildcards)));
        // `${!name}` would become a variable of IAM, whose value is open too.
        pieces.push(Piece::Open);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    pieces.extend(rest.chars().map(|letter| piece(letter, wildcards)));
    pieces
}

/// Whether letters fit pieces. What is not known is taken for any letters, and a fit that needed it is not certain.
fn fits(pieces: &[Piece], text: &[char]) -> Truth {
    if !reaches(pieces, text) {
        return Truth::No;
    }
    if pieces.contains(&Piece::Open) {
        return Truth::Unknown;
    }
    Truth::Yes
}

/// The usual walk: the last `*` takes one letter more whenever what follows it does not fit.
fn reaches(pieces: &[Piece], text: &[char]) -> bool {
    let (mut at, mut on) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(letter) = text.get(on) {
        match pieces.get(at) {
            Some(Piece::Any | Piece::Open) => {
                back = Some((at, on));
                at += 1;
            }
            Some(Piece::One) => {
                at += 1;
                on += 1;
            }
            Some(Piece::Letter(wanted)) if wanted == letter => {
                at += 1;
                on += 1;
            }
            _ => {
                let Some((star, taken)) = back else {
                    return false;
                };
                back = Some((star, taken + 1));
                at = star + 1;
                on = taken + 1;
            }
        }
    }
    pieces
        .iter()
        .skip(at)
        .all(|piece| matches!(piece, Piece::Any | Piece::Open))
}
