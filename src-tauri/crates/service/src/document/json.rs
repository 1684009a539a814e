//! JSON as the same tree. Its syntax was checked before: this finds the places, limits the depth and the number of
//! values, and refuses names that stand twice.

use pilothouse_model::{Code, Diagnostic, Diagnostics, SourceId, Span};
use serde_json::Number;

use super::build::{too_large, twice};
use super::node::{Content, Entry, Mapping, Node};
use super::{MOST_DEPTH, MOST_NODES};

/// Reads a text that is valid JSON.
pub(super) fn build(source: &SourceId, text: &str) -> Result<Node, Diagnostics> {
    let mut reader = Reader {
        source,
        text,
        at: 0,
        nodes: 0,
        found: Diagnostics::default(),
    };
    match reader.value(0) {
        Ok(node) if reader.found.0.is_empty() => Ok(node),
        Ok(_) => Err(reader.found),
        Err(problem) => {
            reader.found.push(*problem);
            Err(reader.found)
        }
    }
}

#[derive(Debug)]
struct Reader<'a> {
    source: &'a SourceId,
    text: &'a str,
    at: usize,
    nodes: usize,
    found: Diagnostics,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn skip(&mut self, letter: char) -> bool {
        self.space();
        let found = self.rest().starts_with(letter);
        if found {
            self.at += letter.len_utf8();
        }
        found
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.source.clone(), start, self.at)
    }

    fn value(&mut self, depth: usize) -> Read<Node> {
        self.space();
        let start = self.at;
        self.nodes += 1;
        if depth > MOST_DEPTH {
            let what = format!("more than {MOST_DEPTH} levels deep");
            return Err(Box::new(too_large(what, self.span(start))));
        }
        if self.nodes > MOST_NODES {
            let what = format!("more than {MOST_NODES} values");
            return Err(Box::new(too_large(what, self.span(start))));
        }
        let content = match self.rest().chars().next() {
            Some('{') => self.mapping(depth)?,
            Some('[') => self.sequence(depth)?,
            Some('"') => Content::Text(self.quoted()?),
            _ => self.word()?,
        };
        Ok(Node::new(self.span(start), content))
    }

    fn sequence(&mut self, depth: usize) -> Read<Content> {
        self.at += 1;
        let mut nodes = Vec::new();
        while !self.skip(']') {
            nodes.push(self.value(depth + 1)?);
            self.skip(',');
        }
        Ok(Content::Sequence(nodes))
    }

    fn mapping(&mut self, depth: usize) -> Read<Content> {
        self.at += 1;
        let mut entries = Mapping::new();
        while !self.skip('}') {
            let start = self.at;
            let name = self.quoted()?;
            let key = self.span(start);
            self.skip(':');
            let node = self.value(depth + 1)?;
            self.skip(',');
            match entries.get(&name) {
                Some(first) => self.found.push(twice(&name, key, first.key.clone())),
                None => {
                    entries.insert(name, Entry { key, node });
                }
            }
        }
        Ok(Content::Mapping(entries))
    }

    fn quoted(&mut self) -> Read<String> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, letter)| {
            let ends = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            ends
        });
        let start = self.at;
        self.at += end.map_or(rest.len(), |(at, _)| at + 1);
        let written = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(written).map_err(|_| self.broken(start))
    }

    fn word(&mut self) -> Read<Content> {
        let rest = self.rest();
        let end = rest
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || "+-.".contains(letter)))
            .unwrap_or(rest.len());
        let start = self.at;
        self.at += end;
        match rest.get(..end) {
            Some("null") => Ok(Content::Null),
            Some("true") => Ok(Content::Bool(true)),
            Some("false") => Ok(Content::Bool(false)),
            Some(number) => super::number(number)
                .or_else(|| number.parse::<f64>().ok().and_then(Number::from_f64))
                .map(Content::Number)
                .ok_or_else(|| self.broken(start)),
            None => Err(self.broken(start)),
        }
    }

    /// Something the check of the syntax let pass.
    fn broken(&self, start: usize) -> Box<Diagnostic> {
        let end = (start + 1).min(self.text.len());
        Box::new(
            Diagnostic::error(
                Code::ConfigSyntax,
                format!("`{}` is not valid JSON here", self.source),
            )
            .at(Span::new(self.source.clone(), start, end)),
        )
    }
}
