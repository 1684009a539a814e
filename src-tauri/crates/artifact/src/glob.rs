//! From the peer's pattern language to a regular expression.
//!
//! Only a translation: what a pattern means for a list of files is `pattern` and `rules`.

/// The regular expression of a pattern, unanchored; none when it has a `!( )`, which no regular expression
/// without backtracking can say.
pub(crate) fn translate(text: &str) -> Option<String> {
    // The peer's exception: `**.js` as a whole looks into folders, as part of a pattern it does not.
    if let Some(extension) = text.strip_prefix("**.")
        && extension
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_')
    {
        return Some(format!(".*\\.{extension}"));
    }
    let characters: Vec<char> = text.chars().collect();
    let mut translation = Translation {
        characters: &characters,
        at: 0,
        out: String::with_capacity(text.len() * 2),
        closers: Vec::new(),
    };
    while let Some(character) = translation.peek(0) {
        translation.step(character)?;
    }
    Some(translation.out)
}

/// What ends a group that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closer {
    /// `}`.
    Brace,
    /// `)`, and what follows it in the expression.
    Parenthesis(&'static str),
}

struct Translation<'a> {
    characters: &'a [char],
    at: usize,
    out: String,
    closers: Vec<Closer>,
}

impl Translation<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn before(&self) -> Option<char> {
        self.characters.get(self.at.checked_sub(1)?).copied()
    }

    fn step(&mut self, character: char) -> Option<()> {
        match character {
            '\\' => self.escape(),
            '*' if self.peek(1) != Some('(') => self.stars(),
            '!' if self.peek(1) == Some('(') => return None,
            '@' | '+' | '*' | '?' if self.peek(1) == Some('(') => {
                self.at += 2;
                self.out.push_str("(?:");
                self.closers.push(Closer::Parenthesis(match character {
                    '+' => "+",
                    '*' => "*",
                    '?' => "?",
                    _ => "",
                }));
            }
            '?' => self.put("[^/]"),
            '(' => {
                self.put("(?:");
                self.closers.push(Closer::Parenthesis(""));
            }
            ')' => self.close_parenthesis(),
            '|' => self.put("|"),
            '[' => self.class(),
            '{' => self.brace(),
            '}' if self.closers.last() == Some(&Closer::Brace) => {
                self.closers.pop();
                self.put(")");
            }
            ',' if self.closers.last() == Some(&Closer::Brace) => self.put("|"),
            '/' if self.slash_before_globstar() => {}
            _ => {
                self.literal(character);
                self.at += 1;
            }
        }
        Some(())
    }

    fn put(&mut self, expression: &str) {
        self.out.push_str(expression);
        self.at += 1;
    }

    fn literal(&mut self, character: char) {
        self.out
            .push_str(&regex::escape(character.encode_utf8(&mut [0; 4])));
    }

    fn escape(&mut self) {
        self.literal(self.peek(1).unwrap_or('\\'));
        self.at += 2;
    }

    fn close_parenthesis(&mut self) {
        if let Some(Closer::Parenthesis(after)) = self.closers.last().copied() {
            self.closers.pop();
            self.out.push(')');
            self.out.push_str(after);
        } else {
            self.out.push_str("\\)");
        }
        self.at += 1;
    }

    fn globstar_follows(&self) -> bool {
        self.peek(0) == Some('/') && self.peek(1) == Some('*') && self.peek(2) == Some('*')
    }

    /// `/**` as a whole part: at the end also the folder itself (unless that ends in a star), in the middle
    /// also no folder at all. A chain of them says no more than one.
    fn slash_before_globstar(&mut self) -> bool {
        if self.at == 0 || !self.globstar_follows() {
            return false;
        }
        let after_star = self.before() == Some('*');
        match self.peek(3) {
            None | Some('/') => {}
            Some(_) => return false,
        }
        while self.globstar_follows() && matches!(self.peek(3), None | Some('/')) {
            self.at += 3;
        }
        if self.peek(0).is_some() {
            self.at += 1;
            self.out.push_str("/(?:.*/)?");
        } else if after_star {
            self.out.push_str("/.*");
        } else {
            self.out.push_str("(?:/.*)?");
        }
        true
    }

    fn stars(&mut self) {
        let starts_part = matches!(self.before(), None | Some('/' | '(' | '|'))
            || (matches!(self.before(), Some('{' | ',')) && !self.closers.is_empty());
        let mut count = 0;
        while self.peek(0) == Some('*') && self.peek(1) != Some('(') {
            self.at += 1;
            count += 1;
        }
        let next = self.peek(0);
        let ends_part = matches!(next, None | Some('/' | ')' | '|'))
            || (matches!(next, Some('}' | ',')) && !self.closers.is_empty());
        match (starts_part && ends_part, count) {
            (true, 2) if next == Some('/') && self.closers.is_empty() => {
                self.at += 1;
                self.out.push_str("(?:.*/)?");
            }
            (true, 2) => self.out.push_str(".*"),
            (true, _) => self.out.push_str("[^/]+"),
            (false, _) => self.out.push_str("[^/]*"),
        }
    }

    /// `[abc]`, or the characters themselves where nothing closes it.
    fn class(&mut self) {
        let negated = usize::from(self.peek(1) == Some('^'));
        let first = self.at + 1 + negated;
        let rest = self.characters.get(first..).unwrap_or_default();
        // A `]` that comes first stands for itself.
        let Some(length) = rest.iter().skip(1).position(|c| *c == ']') else {
            return self.put("\\[");
        };
        let content: String = rest.iter().take(length + 1).collect();
        self.at = first + length + 2;
        let mut class = String::from("[");
        if negated == 1 {
            class.push_str("^/");
        }
        for character in content.chars() {
            if matches!(character, '[' | ']' | '&' | '~' | '^') {
                class.push('\\');
            }
            class.push(character);
        }
        class.push(']');
        let plain = negated == 0 && !content.contains(|c| "-*+?.^${}(|)[]\\".contains(c));
        if plain {
            // Without a range it may also be part of a name: `[id].js`.
            let literal = regex::escape(&format!("[{content}]"));
            self.out.push_str(&format!("(?:{literal}|{class})"));
        } else {
            self.out.push_str(&class);
        }
    }

    /// `{a,b}`, `{1..3}`, or the characters themselves where it is neither.
    fn brace(&mut self) {
        let rest = self.characters.get(self.at + 1..).unwrap_or_default();
        let mut depth = 0_usize;
        let mut comma = false;
        let mut end = None;
        for (index, character) in rest.iter().enumerate() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    end = Some(index);
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => comma = true,
                _ => {}
            }
        }
        let Some(end) = end else {
            return self.put("\\{");
        };
        if comma {
            self.closers.push(Closer::Brace);
            return self.put("(?:");
        }
        let content: String = rest.iter().take(end).collect();
        match content.split_once("..") {
            Some((from, to)) if from.chars().count() == 1 && to.chars().count() == 1 => {
                self.out.push_str(&range(from, to));
            }
            _ => self.out.push_str(&regex::escape(&format!("{{{content}}}"))),
        }
        self.at += end + 2;
    }
}

fn range(from: &str, to: &str) -> String {
    let (low, high) = if from <= to { (from, to) } else { (to, from) };
    format!("[{}-{}]", regex::escape(low), regex::escape(high))
}
