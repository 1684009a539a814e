//! What packages are fetched for: a Python version and an architecture of Lambda.

use std::fmt;

/// The processor of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Architecture {
    /// `x86_64`.
    X86,
    /// `arm64`.
    Arm64,
}

impl Architecture {
    /// From the word of the configuration; the usual one when it says nothing.
    pub fn of_word(word: Option<&str>) -> Self {
        match word {
            Some("arm64") => Self::Arm64,
            _ => Self::X86,
        }
    }

    /// As wheels name it.
    pub(crate) const fn machine(self) -> &'static str {
        match self {
            Self::X86 => "x86_64",
            Self::Arm64 => "aarch64",
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::X86 => "x86_64",
            Self::Arm64 => "arm64",
        })
    }
}

/// A runtime of Lambda: `python3.12` on one architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PythonTarget {
    minor: u32,
    /// The processor.
    pub architecture: Architecture,
}

impl PythonTarget {
    /// Python 3 of that minor version.
    pub const fn new(minor: u32, architecture: Architecture) -> Self {
        Self {
            minor,
            architecture,
        }
    }

    /// Of a runtime's name; none for other languages and for Python 2.
    pub fn of_runtime(runtime: &str, architecture: Architecture) -> Option<Self> {
        let minor = runtime.strip_prefix("python3.")?.parse().ok()?;
        Some(Self::new(minor, architecture))
    }

    /// The version: `3.12`.
    pub fn version(&self) -> String {
        format!("3.{}", self.minor)
    }

    /// The C library of the system: Amazon Linux 2 until Python 3.11, Amazon Linux 2023 from 3.12 on.
    const fn glibc(self) -> u32 {
        if self.minor >= 12 { 34 } else { 26 }
    }

    /// The platforms whose wheels run there, the newest first.
    pub(crate) fn platforms(&self) -> Vec<String> {
        let machine = self.architecture.machine();
        let oldest = 17;
        let newer = (oldest..=self.glibc()).rev();
        let mut all: Vec<String> = newer
            .map(|minor| format!("manylinux_2_{minor}_{machine}"))
            .collect();
        all.push(format!("manylinux2014_{machine}"));
        if self.architecture == Architecture::X86 {
            // Wheels from before 2014's platform; there were none for arm64.
            all.extend(
                [
                    "manylinux_2_12",
                    "manylinux2010",
                    "manylinux_2_5",
                    "manylinux1",
                ]
                .map(|name| format!("{name}_{machine}")),
            );
        }
        all.push(format!("linux_{machine}"));
        all
    }

    /// As uv names the platform. It knows none between 2.17 and 2.28.
    pub(crate) fn platform_of_uv(&self) -> String {
        let minor = if self.glibc() >= 34 { 34 } else { 17 };
        format!("{}-manylinux_2_{minor}", self.architecture.machine())
    }

    /// A fact that markers ask for.
    pub(crate) fn fact(&self, name: &str) -> Option<String> {
        Some(match name {
            "python_version" => self.version(),
            // The patch version is Lambda's own; the first one asks for whatever any of them needs.
            "python_full_version" | "implementation_version" => format!("{}.0", self.version()),
            "os_name" | "os.name" => "posix".to_owned(),
            "sys_platform" | "sys.platform" => "linux".to_owned(),
            "platform_machine" | "platform.machine" => self.architecture.machine().to_owned(),
            "platform_system" => "Linux".to_owned(),
            "platform_python_implementation" | "python_implementation" => "CPython".to_owned(),
            "implementation_name" => "cpython".to_owned(),
            "platform_release" | "platform_version" | "platform.version" => String::new(),
            _ => return None,
        })
    }
}

impl fmt::Display for PythonTarget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Python {} on {}", self.version(), self.architecture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runtimes_are_read() {
        let target = PythonTarget::of_runtime("python3.13", Architecture::Arm64).expect("a target");
        assert_eq!(target.to_string(), "Python 3.13 on arm64");
        assert_eq!(target.platform_of_uv(), "aarch64-manylinux_2_34");
        for runtime in ["nodejs20.x", "python2.7", "python3.x", "python"] {
            assert_eq!(PythonTarget::of_runtime(runtime, Architecture::X86), None);
        }
    }

    #[test]
    fn platforms_reach_down_to_the_oldest_wheels_that_run() {
        let old = PythonTarget::new(9, Architecture::X86).platforms();
        assert_eq!(
            old.first().map(String::as_str),
            Some("manylinux_2_26_x86_64")
        );
        assert!(old.contains(&"manylinux1_x86_64".to_owned()));
        let arm = PythonTarget::new(12, Architecture::Arm64).platforms();
        assert_eq!(
            arm.first().map(String::as_str),
            Some("manylinux_2_34_aarch64")
        );
        assert!(!arm.iter().any(|name| name.contains("manylinux1")));
    }
}
