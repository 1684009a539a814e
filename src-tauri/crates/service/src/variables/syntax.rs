//! How a variable is written: `${source(parameters):address, fallback, 'literal'}`, in any text.
//!
//! What starts like a variable but is none (`${AWS::Region}`, `${Bucket.Arn}`) is CloudFormation's and stays as
//! it is, but for variables inside it. An odd number of backslashes before `${` keeps it; half of them go.

use serde_json::Number;
use thiserror::Error;

use crate::document::{self, Content};

/// Deeper nesting of variables inside variables is a mistake.
const MOST_NESTED: usize = 24;

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Stays as it is.
    Literal(String),
    /// Is replaced.
    Variable(Variable),
}

/// One `${...}`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Variable {
    /// As it stands in the text, with its `${` and `}`.
    pub(super) written: String,
    /// The first that has a value gives it.
    pub(super) sources: Vec<Source>,
}

/// One of a variable's alternatives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// `kind(parameters):address`.
    Call(Call),
    /// `'text'`, `true`, `5`, `null`.
    Literal(Content),
}

/// A source that is asked for a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    /// `self`, `opt`, `file`, ...
    pub(super) kind: String,
    /// What stands in its parentheses, if it has any.
    pub(super) parameters: Vec<Argument>,
    /// What stands behind its colon.
    pub(super) address: Option<Argument>,
}

/// A parameter or an address.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Argument {
    /// Known as written.
    Fixed(Content),
    /// Holds variables itself.
    Pieces(Vec<Piece>),
}

/// Why a text has a variable that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub(super) enum SyntaxProblem {
    #[error("a variable is not closed: a `}}` is missing")]
    Unclosed,
    #[error("a variable inside another needs a source, such as `self:` or `opt:`")]
    NoSource,
    #[error(
        "a fallback is a source such as `self:path`, a quoted text, a number, `true`, `false` or `null`"
    )]
    BadFallback,
    #[error("a fallback is written without `${{` and `}}` of its own")]
    WrappedFallback,
    #[error("a literal can only be the last fallback")]
    LiteralNotLast,
    #[error("the parentheses of a variable are not closed")]
    BadParameters,
    #[error("what follows the parentheses of a variable must be `:`, `,` or `}}`")]
    BadAddress,
    #[error("a quoted text in a variable is not closed or has a bad escape")]
    BadText,
    #[error("variables are nested more than {MOST_NESTED} deep")]
    TooDeep,
}

type Read<T> = Result<T, SyntaxProblem>;

/// The parts of a text; none when there is nothing to replace in it.
pub(super) fn parse(text: &str) -> Read<Option<Vec<Piece>>> {
    if !text.contains("${") {
        return Ok(None);
    }
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    let pieces = reader.pieces(Place::Top)?;
    match pieces.as_slice() {
        [] => Ok(None),
        [Piece::Literal(same)] if same == text => Ok(None),
        _ => Ok(Some(pieces)),
    }
}

/// Where a run of text stands, which decides what ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    /// Inside CloudFormation's own `${...}`.
    Foreign,
    Parameter,
    Address,
}

impl Place {
    fn ends_at(self, letter: char) -> bool {
        match self {
            Self::Top => false,
            Self::Foreign => letter == '}',
            Self::Parameter => matches!(letter, ',' | ')' | '}'),
            Self::Address => matches!(letter, ',' | '}'),
        }
    }

    /// Whether a `${` here must be a variable.
    fn is_inside(self) -> bool {
        matches!(self, Self::Parameter | Self::Address)
    }
}

#[derive(Debug)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, letter: char) -> bool {
        let found = self.peek() == Some(letter);
        if found {
            self.at += letter.len_utf8();
        }
        found
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|letter| !keep(letter)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn spaces(&mut self) {
        self.take_while(|letter| letter == ' ');
    }

    /// Text and variables up to what ends this place, which is not taken.
    fn pieces(&mut self, place: Place) -> Read<Vec<Piece>> {
        let mut pieces = Vec::new();
        while let Some(letter) = self.peek() {
            if place.ends_at(letter) {
                break;
            }
            if letter == '$' {
                self.dollar(place, &mut pieces)?;
            } else if letter == '\\' && place == Place::Top {
                self.backslashes(&mut pieces);
            } else {
                let plain = self
                    .take_while(|letter| letter != '$' && letter != '\\' && !place.ends_at(letter));
                let plain = if plain.is_empty() {
                    self.at += letter.len_utf8();
                    letter.to_string()
                } else {
                    plain.to_owned()
                };
                literal(&mut pieces, &plain);
            }
        }
        Ok(pieces)
    }

    fn backslashes(&mut self, pieces: &mut Vec<Piece>) {
        let slashes = self.take_while(|letter| letter == '\\');
        if !self.rest().starts_with("${") {
            literal(pieces, slashes);
            return;
        }
        literal(pieces, slashes.get(..slashes.len() / 2).unwrap_or_default());
        if slashes.len() % 2 == 1 {
            self.at += 2;
            literal(pieces, "${");
        }
    }

    /// One or more `$`, and the variable they may open.
    fn dollar(&mut self, place: Place, pieces: &mut Vec<Piece>) -> Read<()> {
        let start = self.at;
        let dollars = self.take_while(|letter| letter == '$');
        if !self.skip('{') {
            literal(pieces, dollars);
            return Ok(());
        }
        self.depth += 1;
        if self.depth > MOST_NESTED {
            return Err(SyntaxProblem::TooDeep);
        }
        let inside = self.at;
        if let Some(sources) = self.variable(place)? {
            let written = self.text.get(start..self.at).unwrap_or_default().to_owned();
            pieces.push(Piece::Variable(Variable { written, sources }));
        } else {
            self.at = inside;
            literal(pieces, dollars);
            literal(pieces, "{");
            for piece in self.pieces(Place::Foreign)? {
                match piece {
                    Piece::Literal(text) => literal(pieces, &text),
                    Piece::Variable(_) => pieces.push(piece),
                }
            }
            if self.skip('}') {
                literal(pieces, "}");
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// The sources of a variable, behind its `${`; none when it is not a variable.
    fn variable(&mut self, place: Place) -> Read<Option<Vec<Source>>> {
        let foreign = || match place.is_inside() {
            true => Err(SyntaxProblem::NoSource),
            false => Ok(None),
        };
        if !self
            .peek()
            .is_some_and(|letter| letter.is_ascii_lowercase())
        {
            return foreign();
        }
        let kind = self.take_while(is_word);
        if self.rest().starts_with("::") && !place.is_inside() {
            return Ok(None);
        }
        if !matches!(self.peek(), Some(':' | '(')) {
            return foreign();
        }
        let mut sources = vec![self.call(kind)?];
        loop {
            if self.skip('}') {
                return Ok(Some(sources));
            }
            if !self.skip(',') {
                return Err(SyntaxProblem::Unclosed);
            }
            if matches!(sources.last(), Some(Source::Literal(_))) {
                return Err(SyntaxProblem::LiteralNotLast);
            }
            sources.push(self.fallback()?);
        }
    }

    /// What follows a source's name: parameters and address, up to the `,` or `}` behind them.
    fn call(&mut self, kind: &str) -> Read<Source> {
        let mut parameters = Vec::new();
        if self.skip('(') {
            parameters = self.parameters()?;
            self.spaces();
            if !matches!(self.peek(), Some(':' | ',' | '}')) {
                return Err(SyntaxProblem::BadAddress);
            }
        }
        let address = if self.skip(':') {
            self.address()?
        } else {
            None
        };
        Ok(Source::Call(Call {
            kind: kind.to_owned(),
            parameters,
            address,
        }))
    }

    fn parameters(&mut self) -> Read<Vec<Argument>> {
        let mut parameters = Vec::new();
        loop {
            self.spaces();
            if self.skip(')') {
                return Ok(parameters);
            }
            if self.skip(',') {
                parameters.push(Argument::Fixed(Content::Null));
                continue;
            }
            parameters.push(self.argument(Place::Parameter)?);
            self.spaces();
            if self.skip(')') {
                return Ok(parameters);
            }
            if !self.skip(',') {
                return Err(SyntaxProblem::BadParameters);
            }
        }
    }

    fn address(&mut self) -> Read<Option<Argument>> {
        self.spaces();
        if matches!(self.peek(), Some(',' | '}')) {
            return Ok(None);
        }
        let address = self.argument(Place::Address)?;
        self.spaces();
        Ok(Some(address))
    }

    fn argument(&mut self, place: Place) -> Read<Argument> {
        if matches!(self.peek(), Some('"' | '\'')) {
            return Ok(Argument::Fixed(Content::Text(self.quoted()?)));
        }
        let mut pieces = self.pieces(place)?;
        if let Some(Piece::Literal(last)) = pieces.last_mut() {
            last.truncate(last.trim_end().len());
        }
        Ok(match pieces.as_slice() {
            [] => Argument::Fixed(Content::Null),
            [Piece::Literal(text)] if place == Place::Parameter => {
                Argument::Fixed(word(text).unwrap_or_else(|| Content::Text(text.clone())))
            }
            [Piece::Literal(text)] => Argument::Fixed(Content::Text(text.clone())),
            _ => Argument::Pieces(pieces),
        })
    }

    fn fallback(&mut self) -> Read<Source> {
        self.spaces();
        match self.peek() {
            Some('"' | '\'') => {
                let text = self.quoted()?;
                self.spaces();
                return Ok(Source::Literal(Content::Text(text)));
            }
            Some('$') => return Err(SyntaxProblem::WrappedFallback),
            None => return Err(SyntaxProblem::Unclosed),
            Some(_) => {}
        }
        let written = self.take_while(|letter| is_word(letter) || letter == ' ');
        match self.peek() {
            Some(':' | '(') if is_kind(written) => self.call(written),
            Some(',' | '}') => word(written.trim())
                .map(Source::Literal)
                .ok_or(SyntaxProblem::BadFallback),
            None => Err(SyntaxProblem::Unclosed),
            Some(_) => Err(SyntaxProblem::BadFallback),
        }
    }

    /// A quoted text: in single quotes as it stands, in double quotes with JSON's escapes.
    fn quoted(&mut self) -> Read<String> {
        let rest = self.rest();
        let single = rest.starts_with('\'');
        let mut escaped = false;
        for (at, letter) in rest.char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if letter == '\\' && !single {
                escaped = true;
            } else if letter == if single { '\'' } else { '"' } {
                self.at += at + 1;
                return if single {
                    Ok(rest.get(1..at).unwrap_or_default().to_owned())
                } else {
                    serde_json::from_str(rest.get(..=at).unwrap_or_default())
                        .map_err(|_| SyntaxProblem::BadText)
                };
            }
        }
        Err(SyntaxProblem::BadText)
    }
}

/// Adds text, joining it to text before it.
fn literal(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Literal(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(Piece::Literal(text.to_owned()));
    }
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '.' || letter == '-'
}

fn is_kind(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// A bare literal.
fn word(text: &str) -> Option<Content> {
    match text {
        "true" => Some(Content::Bool(true)),
        "false" => Some(Content::Bool(false)),
        "null" => Some(Content::Null),
        _ => document::number(text).map(|number: Number| Content::Number(number)),
    }
}
