//! The programs that choose and fetch packages: uv when it is there, else the pip of some Python.

use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_effects::{Environment, Launch, ProcessProblem, Processes};

use super::problem::PythonProblem;
use super::target::PythonTarget;

/// Variables that the programs may see: where the index is, how the network is reached, where their caches lie.
/// No credentials of AWS are among them.
const SEES: &[&str] = &[
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "USER",
    "LOGNAME",
    "NETRC",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_TRUSTED_HOST",
    "PIP_CERT",
    "PIP_CLIENT_CERT",
    "PIP_PROXY",
    "PIP_FIND_LINKS",
    "PIP_NO_INDEX",
    "PIP_CONFIG_FILE",
    "PIP_CACHE_DIR",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_RETRIES",
    "UV_INDEX",
    "UV_DEFAULT_INDEX",
    "UV_INDEX_URL",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_CACHE_DIR",
    "UV_CONFIG_FILE",
    "UV_OFFLINE",
    "UV_NATIVE_TLS",
    "UV_SYSTEM_CERTS",
    "UV_HTTP_TIMEOUT",
    "UV_INSECURE_HOST",
    "UV_INDEX_STRATEGY",
    "UV_KEYRING_PROVIDER",
    "XDG_CONFIG_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "PYENV_ROOT",
    "PYENV_VERSION",
];
/// What uv calls by another name than pip.
const FOR_UV: &[(&str, &str)] = &[
    ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
    ("PIP_EXTRA_INDEX_URL", "UV_INDEX"),
    ("PIP_FIND_LINKS", "UV_FIND_LINKS"),
    ("PIP_CERT", "SSL_CERT_FILE"),
    ("PIP_TRUSTED_HOST", "UV_INSECURE_HOST"),
];

/// A program that fetches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tool {
    Uv { version: String },
    Pip { python: String, version: String },
}

impl Tool {
    /// How people know it.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Uv { version } => format!("uv {version}"),
            Self::Pip { version, .. } => format!("pip {version}"),
        }
    }

    /// The program and its arguments that fetch what `requirements.txt` lists into `files`, both in the folder
    /// that it runs in.
    pub(crate) fn fetch(&self, target: &PythonTarget, choice: &Choice) -> (String, Vec<String>) {
        let (program, mut words) = match self {
            Self::Uv { .. } => ("uv".to_owned(), of_uv(target)),
            Self::Pip { python, .. } => (python.clone(), of_pip(target)),
        };
        let mut add = |list: &[&str]| words.extend(list.iter().map(|&word| word.to_owned()));
        if choice.is_complete {
            add(&["--no-deps"]);
        }
        if choice.has_constraints {
            add(&["--constraint", "constraints.txt"]);
        }
        for (option, value) in &choice.options {
            match (self, option.as_str(), value) {
                (Self::Uv { .. }, "--pre", _) => add(&["--prerelease", "allow"]),
                (Self::Uv { .. }, "--prefer-binary", _) => {}
                (Self::Uv { .. }, "--trusted-host", Some(host)) => {
                    add(&["--allow-insecure-host", host]);
                }
                (Self::Uv { .. }, "--no-cache-dir", _) => add(&["--no-cache"]),
                (_, option, Some(value)) => add(&[option, value]),
                (_, option, None) => add(&[option]),
            }
        }
        add(&["-r", "requirements.txt"]);
        (program, words)
    }
}

fn of_uv(target: &PythonTarget) -> Vec<String> {
    let usual = "pip install --target files --only-binary :all: --no-progress --link-mode copy --no-python-downloads --color never";
    let mut words: Vec<String> = usual.split(' ').map(str::to_owned).collect();
    words.extend(["--python-version".to_owned(), target.version()]);
    words.extend(["--python-platform".to_owned(), target.platform_of_uv()]);
    words
}

fn of_pip(target: &PythonTarget) -> Vec<String> {
    let usual = "-m pip install --target files --only-binary=:all: --implementation cp --no-compile --no-input --disable-pip-version-check --progress-bar=off --no-warn-conflicts";
    let mut words: Vec<String> = usual.split(' ').map(str::to_owned).collect();
    words.extend(["--python-version".to_owned(), target.version()]);
    for platform in target.platforms() {
        words.extend(["--platform".to_owned(), platform]);
    }
    words
}

/// How what is fetched is chosen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// Nothing but what is listed.
    pub(crate) is_complete: bool,
    pub(crate) has_constraints: bool,
    /// Other options, as words of pip's.
    pub(crate) options: Vec<(String, Option<String>)>,
}

/// Runs programs with nothing of this process but what they need.
#[derive(Debug, Clone)]
pub(crate) struct Runner {
    pub(crate) processes: Arc<dyn Processes>,
    pub(crate) environment: Arc<dyn Environment>,
}

impl Runner {
    /// Runs a program to its end; its exit code and its lines.
    pub(crate) async fn run(
        &self,
        program: &str,
        arguments: &[String],
        folder: &str,
        home: Option<&str>,
        tell: &(dyn Fn(&str) + Send + Sync),
    ) -> Result<(Option<i32>, Vec<String>), PythonProblem> {
        let launch = Launch {
            program: program.to_owned(),
            arguments: arguments.to_vec(),
            environment: self.variables(program, home),
            folder: folder.to_owned(),
        };
        let lines = Mutex::new(Vec::new());
        let keep = |line: &str| {
            tell(line);
            lines
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(line.to_owned());
        };
        let code = self.processes.run(&launch, &keep).await?;
        let lines = lines.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok((code, lines))
    }

    /// `home` stands in for the user's own, for programs that run code of packages.
    fn variables(&self, program: &str, home: Option<&str>) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for name in SEES {
            let is_personal = matches!(
                *name,
                "NETRC" | "UV_KEYRING_PROVIDER" | "PIP_CONFIG_FILE" | "PIP_CLIENT_CERT"
            ) || name.starts_with("XDG_");
            if home.is_some() && is_personal {
                continue;
            }
            if let Some(value) = self.environment.variable(name) {
                found.push(((*name).to_owned(), value));
            }
        }
        if program == "uv" {
            for (of_pip, of_uv) in FOR_UV {
                let known = found.iter().any(|(name, _)| name == of_uv);
                if let Some(value) = self.environment.variable(of_pip).filter(|_| !known) {
                    found.push(((*of_uv).to_owned(), value));
                }
            }
        }
        if let Some(home) = home {
            found.retain(|(name, _)| name != "HOME");
            found.push(("HOME".to_owned(), home.to_owned()));
        }
        found.push(("PYTHONDONTWRITEBYTECODE".to_owned(), "1".to_owned()));
        found
    }

    /// The program that fetches; `chosen` is a Python that the service names.
    pub(crate) async fn find(
        &self,
        target: &PythonTarget,
        chosen: Option<&str>,
        folder: &str,
    ) -> Result<Tool, PythonProblem> {
        if let Some(version) = self.version("uv", &["--version"], "uv ", folder).await? {
            return Ok(Tool::Uv { version });
        }
        self.find_pip(target, chosen, folder).await
    }

    /// The pip of the first Python that has one.
    pub(crate) async fn find_pip(
        &self,
        target: &PythonTarget,
        chosen: Option<&str>,
        folder: &str,
    ) -> Result<Tool, PythonProblem> {
        let named = format!("python{}", target.version());
        let names = chosen
            .into_iter()
            .chain([named.as_str(), "python3", "python"]);
        for name in names {
            let asked = self
                .version(name, &["-m", "pip", "--version"], "pip ", folder)
                .await?;
            if let Some(version) = asked {
                return Ok(Tool::Pip {
                    python: name.to_owned(),
                    version,
                });
            }
        }
        Err(PythonProblem::NoTool)
    }

    async fn version(
        &self,
        program: &str,
        arguments: &[&str],
        start: &str,
        folder: &str,
    ) -> Result<Option<String>, PythonProblem> {
        let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
        match self.run(program, &arguments, folder, None, &|_| {}).await {
            Ok((Some(0), lines)) => Ok(lines.iter().find_map(|line| {
                line.strip_prefix(start)?
                    .split_whitespace()
                    .next()
                    .map(str::to_owned)
            })),
            // Some names are there and only say that they are not installed.
            Ok(_)
            | Err(PythonProblem::Process(
                ProcessProblem::Missing(_) | ProcessProblem::Refused { .. },
            )) => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

/// The package that a line of a program's says it turns to.
pub(crate) fn package_of(line: &str) -> Option<String> {
    let line = line.trim();
    let rest = line
        .strip_prefix("Collecting ")
        .or_else(|| line.strip_prefix("Downloading "))?;
    let name = rest
        .split(['=', ' ', ';', '<', '>', '[', '~', '!'])
        .next()?;
    // pip names the file it downloads after the package it collects.
    (!name.contains('/') && !name.ends_with(".whl") && !name.ends_with(".metadata"))
        .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::target::Architecture;
    use super::*;

    #[test]
    fn the_programs_are_told_the_target_and_never_to_build() {
        let target = PythonTarget::new(12, Architecture::Arm64);
        let choice = Choice {
            is_complete: true,
            has_constraints: true,
            options: vec![
                ("--pre".into(), None),
                ("--trusted-host".into(), Some("h".into())),
            ],
        };
        let (program, words) = Tool::Uv {
            version: "1".into(),
        }
        .fetch(&target, &choice);
        let line = words.join(" ");
        assert_eq!(program, "uv");
        assert!(
            line.contains("--only-binary :all:")
                && line.contains("--python-version 3.12 --python-platform aarch64-manylinux_2_34"),
            "{line}"
        );
        assert!(
            line.contains("--prerelease allow --allow-insecure-host h"),
            "{line}"
        );
        let pip = Tool::Pip {
            python: "python3".into(),
            version: "23".into(),
        };
        let (program, words) = pip.fetch(&target, &choice);
        let line = words.join(" ");
        assert_eq!(program, "python3");
        assert!(
            line.contains("--only-binary=:all:")
                && line.contains("--platform manylinux2014_aarch64"),
            "{line}"
        );
        assert!(
            line.ends_with(
                "--no-deps --constraint constraints.txt --pre --trusted-host h -r requirements.txt"
            ),
            "{line}"
        );
    }

    #[test]
    fn the_package_that_is_fetched_is_read() {
        assert_eq!(
            package_of("Collecting flask==3.0 (from -r x)"),
            Some("flask".into())
        );
        assert_eq!(
            package_of(" Downloading numpy (13.4MiB)"),
            Some("numpy".into())
        );
        assert_eq!(
            package_of("  Downloading six-1.17.0-py2.py3-none-any.whl (11 kB)"),
            None
        );
        assert_eq!(package_of("Resolved 8 packages"), None);
    }
}
