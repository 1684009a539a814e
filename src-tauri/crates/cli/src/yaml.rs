//! A value as YAML for people to read.

use saphyr::{LoadableYamlNode, Yaml, YamlEmitter};
use serde_json::Value;

/// The value as a YAML document in block style that reads back as the same value.
pub(crate) fn document(value: &Value) -> String {
    // JSON is YAML, so the emitter's own reader takes it as it is.
    let json = value.to_string();
    let mut text = String::new();
    if let Ok(documents) = Yaml::load_from_str(&json)
        && let Some(document) = documents.first()
        && YamlEmitter::new(&mut text).dump(document).is_ok()
    {
        return text.trim_start_matches("---\n").to_owned();
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_reads_as_a_person_would_write_it() {
        let value = json!({
            "service": "hello-world",
            "memory": 512,
            "flag": true,
            "word": "true",
            "nothing": null,
            "list": ["a b", {"Ref": "AWS::Region"}],
            "empty": {}
        });
        assert_eq!(
            document(&value),
            "service: hello-world\nmemory: 512\nflag: true\nword: \"true\"\nnothing: ~\nlist:\n  - a b\n  - Ref: \"AWS::Region\"\nempty: {}"
        );
    }
}
