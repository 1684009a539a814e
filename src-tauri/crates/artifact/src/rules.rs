//! The patterns of one archive in their order: which file is in, which folder need not be looked at.

use pilothouse_model::ProjectPath;

use crate::pattern::{Pattern, PatternProblem};
use crate::refusal;

/// What the peer leaves out unless a pattern takes it in again, and our own folder.
const DEFAULT_EXCLUDES: &[&str] = &[
    ".git/**",
    ".gitignore",
    ".DS_Store",
    "npm-debug.log",
    "yarn-*.log",
    ".serverless/**",
    ".serverless_plugins/**",
    ".pilothouse/**",
];

/// What selection must know of a service besides patterns.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The configuration file's name, which is left out.
    pub config_file: String,
    /// `useDotenv`: then `.env*` is left out without a word.
    pub use_dotenv: bool,
    /// Folders left out: those of layers, and the one that results are written to.
    pub other_folders: Vec<ProjectPath>,
    /// `package.excludeDevDependencies`, true unless written false.
    pub exclude_dev_dependencies: bool,
}

/// The patterns of a service and those of one of its functions as the peer joins them: a pattern that
/// stands already is not repeated, so a function's `!**` after the service's does nothing.
pub fn joined(service: &[String], function: &[String]) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::with_capacity(service.len() + function.len());
    for pattern in service.iter().chain(function) {
        if !patterns.contains(pattern) {
            patterns.push(pattern.clone());
        }
    }
    patterns
}

/// The rules of one archive; the last one that matches a file decides.
#[derive(Debug, Clone)]
pub struct Rules {
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
struct Step {
    include: bool,
    /// Stands after a second `!`: everything but what matches.
    inverted: bool,
    /// Written by the user, not one of ours.
    own: bool,
    pattern: Pattern,
}

impl Rules {
    /// Compiles the rules of an archive with these `package.patterns`.
    ///
    /// # Errors
    /// When a pattern is not understood; all that are not, are named.
    pub fn new(scope: &Scope, patterns: &[String]) -> Result<Self, Vec<PatternProblem>> {
        let mut steps = Vec::new();
        let mut problems = Vec::new();
        let config = Some(scope.config_file.as_str()).filter(|name| !name.is_empty());
        let dotenv = scope.use_dotenv.then_some(".env*");
        for text in DEFAULT_EXCLUDES.iter().copied().chain(config).chain(dotenv) {
            match Pattern::compile(text) {
                Ok(pattern) => steps.push(Step::exclude(pattern)),
                Err(problem) => problems.push(problem),
            }
        }
        for folder in &scope.other_folders {
            steps.push(Step::exclude(Pattern::below(folder.as_str())));
        }
        for text in patterns {
            match Step::parse(text) {
                Ok(step) => steps.push(step),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(Self { steps })
        } else {
            Err(problems)
        }
    }

    /// Whether the file is in, as far as patterns say.
    pub fn include(&self, path: &str) -> bool {
        let last = self.steps.iter().rev().find(|step| step.speaks_of(path));
        last.is_none_or(|step| step.include)
    }

    /// Whether the user's patterns take in this very file by its name.
    pub(crate) fn name(&self, path: &str) -> bool {
        self.steps
            .iter()
            .any(|step| step.own && step.include && !step.inverted && step.pattern.names(path))
    }

    /// Whether the user's patterns speak of something in this folder by its path.
    pub(crate) fn name_within(&self, folder: &str) -> bool {
        self.steps
            .iter()
            .any(|step| step.own && step.include && step.pattern.speaks_within(folder))
    }

    /// Whether nothing below the folder can be in, so that it need not be listed.
    pub fn prune(&self, folder: &str) -> bool {
        if refusal::never_entered(folder) {
            return true;
        }
        for step in self.steps.iter().rev() {
            if step.inverted {
                return false;
            }
            if step.include && step.pattern.reaches(folder) {
                return false;
            }
            if !step.include && step.pattern.covers(folder) {
                return true;
            }
        }
        false
    }
}

impl Step {
    fn exclude(pattern: Pattern) -> Self {
        Self {
            include: false,
            inverted: false,
            own: false,
            pattern,
        }
    }

    fn parse(text: &str) -> Result<Self, PatternProblem> {
        let (include, rest) = match text.strip_prefix('!') {
            Some(rest) => (false, rest),
            None => (true, text),
        };
        let (inverted, rest) = match rest.strip_prefix('!') {
            Some(inner) if !inner.starts_with('(') => (true, inner),
            _ => (false, rest),
        };
        Ok(Self {
            include,
            inverted,
            own: true,
            pattern: Pattern::compile(rest)?,
        })
    }

    fn speaks_of(&self, path: &str) -> bool {
        self.pattern.matches(path) != self.inverted
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
