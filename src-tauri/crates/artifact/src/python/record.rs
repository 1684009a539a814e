//! What was fetched, written down: packages and files, so that what is packed needs no looking again.

use serde_json::{Value, json};

/// The form of the record; another form is fetched anew.
const FORM: u64 = 1;

/// A package that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedPackage {
    /// Its name, as it writes it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Bytes of its files.
    pub bytes: u64,
    /// How many files it has.
    pub files: u32,
    /// Whether it was asked for by name, and did not come along with another.
    pub is_asked: bool,
    /// Whether it was built on this computer.
    pub is_built: bool,
}

/// A file that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FetchedFile {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) is_executable: bool,
}

/// Everything that was fetched for one list and one target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) tool: String,
    pub(crate) packages: Vec<FetchedPackage>,
    pub(crate) files: Vec<FetchedFile>,
    pub(crate) notes: Vec<String>,
    /// When it was fetched, in milliseconds since 1970.
    pub(crate) millis: u64,
}

impl Record {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let packages = self.packages.iter().map(|one| {
            json!([
                one.name,
                one.version,
                one.bytes,
                one.files,
                one.is_asked,
                one.is_built
            ])
        });
        let files = self
            .files
            .iter()
            .map(|one| json!([one.path, one.size, one.is_executable]));
        let value = json!({
            "form": FORM, "tool": self.tool, "millis": self.millis, "notes": self.notes,
            "packages": packages.collect::<Value>(), "files": files.collect::<Value>(),
        });
        value.to_string().into_bytes()
    }

    /// Reads a record; none when it is torn or of another form.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(bytes).ok()?;
        if value.get("form")?.as_u64()? != FORM {
            return None;
        }
        let list = |key: &str| value.get(key).and_then(Value::as_array);
        let package = |one: &Value| {
            Some(FetchedPackage {
                name: one.get(0)?.as_str()?.to_owned(),
                version: one.get(1)?.as_str()?.to_owned(),
                bytes: one.get(2)?.as_u64()?,
                files: u32::try_from(one.get(3)?.as_u64()?).ok()?,
                is_asked: one.get(4)?.as_bool()?,
                is_built: one.get(5)?.as_bool()?,
            })
        };
        let file = |one: &Value| {
            Some(FetchedFile {
                path: one.get(0)?.as_str()?.to_owned(),
                size: one.get(1)?.as_u64()?,
                is_executable: one.get(2)?.as_bool()?,
            })
        };
        Some(Self {
            tool: value.get("tool")?.as_str()?.to_owned(),
            millis: value.get("millis")?.as_u64()?,
            packages: list("packages")?
                .iter()
                .map(package)
                .collect::<Option<_>>()?,
            files: list("files")?.iter().map(file).collect::<Option<_>>()?,
            notes: list("notes")?
                .iter()
                .filter_map(|note| note.as_str().map(str::to_owned))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_a_torn_one_is_none() {
        let record = Record {
            tool: "uv 1".into(),
            packages: vec![FetchedPackage {
                name: "A".into(),
                version: "1".into(),
                bytes: 7,
                files: 1,
                is_asked: true,
                is_built: false,
            }],
            files: vec![FetchedFile {
                path: "a/b.py".into(),
                size: 7,
                is_executable: false,
            }],
            notes: vec!["x".into()],
            millis: 5,
        };
        let bytes = record.to_bytes();
        assert_eq!(Record::parse(&bytes), Some(record));
        assert_eq!(
            Record::parse(bytes.get(..bytes.len() / 2).unwrap_or_default()),
            None
        );
        assert_eq!(Record::parse(b"{\"form\": 2}"), None);
    }
}
