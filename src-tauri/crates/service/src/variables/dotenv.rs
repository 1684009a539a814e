//! `.env` files: `NAME=value` on each line.

/// The value of a name, the last one written winning.
pub(super) fn value_of(text: &str, name: &str) -> Option<String> {
    text.lines()
        .filter_map(|line| {
            let line = line.trim_start();
            let line = line.strip_prefix("export ").unwrap_or(line);
            let (key, value) = line.split_once('=')?;
            (key.trim() == name).then(|| unquoted(value.trim()))
        })
        .next_back()
}

fn unquoted(value: &str) -> String {
    for quote in ['"', '\'', '`'] {
        let inside = value
            .strip_prefix(quote)
            .and_then(|rest| rest.split_once(quote))
            .map(|(inside, _)| inside);
        if let Some(inside) = inside {
            return if quote == '"' {
                inside.replace("\\n", "\n").replace("\\r", "\r")
            } else {
                inside.to_owned()
            };
        }
    }
    value
        .split('#')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_owned()
}
