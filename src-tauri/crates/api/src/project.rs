//! Opening a project: which folder, which file, which stage, and what it may see.

/// What every use case that reads a project is asked with.
#[derive(Debug, Clone, Default)]
pub struct ProjectRequest {
    /// The project's folder, absolute or relative to the working folder.
    pub folder: String,
    /// The configuration file, relative to the project's folder; found by its usual names when absent.
    pub config: Option<String>,
    /// `--stage`.
    pub stage: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// `--param`, each as written.
    pub params: Vec<String>,
    /// `--profile`.
    pub profile: Option<String>,
    /// Which code of the project may run.
    pub consent: CodeConsent,
}

/// Which of the project's own code (JavaScript configuration, plugins, builds) may run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CodeConsent {
    /// None of it.
    #[default]
    Nothing,
    /// What has one of these content hashes (SHA-256, hexadecimal).
    Hashes(Vec<String>),
    /// All of it: for a machine that trusts the project.
    All,
}

impl CodeConsent {
    /// Reads the words of `--allow-code`.
    pub fn from_words(words: &[String]) -> Self {
        if words.is_empty() {
            Self::Nothing
        } else if words.iter().any(|word| word == "all") {
            Self::All
        } else {
            Self::Hashes(words.iter().map(|word| word.to_ascii_lowercase()).collect())
        }
    }
}
