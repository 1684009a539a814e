//! Paths as people write them: `functions.hello.events[0].http`, `custom["a.b"]`, `provider.tags.'x.y'`.

/// The names of a path.
///
/// # Errors
/// When a bracket or a quote is not closed, or a name is empty; with the reason.
pub fn parse(written: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut rest = written;
    loop {
        let (name, after) = one(rest)?;
        names.push(name);
        rest = match after {
            "" => return Ok(names),
            bracket if bracket.starts_with('[') => bracket,
            dotted => dotted
                .strip_prefix('.')
                .ok_or_else(|| format!("a dot is missing before `{dotted}`"))?,
        };
    }
}

fn one(rest: &str) -> Result<(String, &str), String> {
    if let Some(inner) = rest.strip_prefix('[') {
        let (name, after) = match inner.chars().next() {
            Some(quote @ ('"' | '\'')) => quoted(inner, quote)?,
            _ => {
                let end = inner.find(']').ok_or("`[` is not closed by `]`")?;
                (cut(inner, 0, end), cut(inner, end, inner.len()))
            }
        };
        let after = after.strip_prefix(']').ok_or("`[` is not closed by `]`")?;
        return if name.is_empty() {
            Err("there is nothing between `[` and `]`".to_owned())
        } else {
            Ok((name.to_owned(), after))
        };
    }
    if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
        let (name, after) = quoted(rest, quote)?;
        return Ok((name.to_owned(), after));
    }
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let name = cut(rest, 0, end);
    if name.is_empty() {
        return Err("a name in it is empty".to_owned());
    }
    Ok((name.to_owned(), cut(rest, end, rest.len())))
}

fn quoted(text: &str, quote: char) -> Result<(&str, &str), String> {
    let inner = cut(text, 1, text.len());
    let end = inner
        .find(quote)
        .ok_or_else(|| format!("the quote {quote} is not closed"))?;
    Ok((cut(inner, 0, end), cut(inner, end + 1, inner.len())))
}

fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// A path in the form that [`parse`] reads.
pub fn said(path: &[String]) -> String {
    let mut out = String::new();
    for name in path {
        let odd = name.is_empty() || name.contains(['.', '[', ']', '"', '\'', ' ']);
        if odd {
            let quote = if name.contains('"') { '\'' } else { '"' };
            out.push_str(&format!("[{quote}{name}{quote}]"));
        } else {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(name);
        }
    }
    out
}
