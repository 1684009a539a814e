//! The profiles of the AWS configuration of this computer, by name. Nothing else of it is read here.

use pilothouse_model::ProjectPath;

use crate::Host;

/// The most bytes of a configuration file.
const MOST_BYTES: u64 = 1 << 20;

/// The names, sorted; none when there is no configuration.
pub fn names(host: &Host) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (variable, usual) in [
        ("AWS_CONFIG_FILE", "config"),
        ("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
    ] {
        let path = host.environment.variable(variable).or_else(|| {
            let home = host.environment.variable("HOME")?;
            Some(format!("{home}/.aws/{usual}"))
        });
        if let Some(text) = path.and_then(|path| read(host, &path)) {
            names.extend(text.lines().filter_map(profile).map(str::to_owned));
        }
    }
    names.sort();
    names.dedup();
    names
}

/// The Region that a profile names.
pub(crate) fn region(host: &Host, profile: &str) -> Option<String> {
    let path = host.environment.variable("AWS_CONFIG_FILE").or_else(|| {
        let home = host.environment.variable("HOME")?;
        Some(format!("{home}/.aws/config"))
    })?;
    region_in(&read(host, &path)?, profile)
}

fn region_in(text: &str, wanted: &str) -> Option<String> {
    let mut inside = false;
    for line in text.lines() {
        if line.trim_start().starts_with('[') {
            inside = profile(line) == Some(wanted);
            continue;
        }
        // What is indented belongs to the setting before it.
        let Some((name, value)) = line.split_once('=').filter(|_| inside) else {
            continue;
        };
        if name.trim_end() == "region" {
            let value = value.trim();
            return (!value.is_empty()).then(|| value.to_owned());
        }
    }
    None
}

fn read(host: &Host, path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let file = ProjectPath::parse(name).ok()?;
    let bytes = host
        .workplace
        .project(folder)
        .ok()?
        .read(&file, MOST_BYTES)
        .ok()?;
    String::from_utf8(bytes).ok()
}

/// The profile that a line heads: `[default]`, `[profile work]`, in the credentials file `[work]`.
fn profile(line: &str) -> Option<&str> {
    let head = line.trim().strip_prefix('[')?;
    let head = head.split_once(']')?.0.trim();
    // Sessions and services are sections of their own kind, not profiles.
    if ["sso-session ", "services "]
        .iter()
        .any(|kind| head.starts_with(kind))
    {
        return None;
    }
    let name = head.strip_prefix("profile ").unwrap_or(head).trim();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_of_a_profile_is_its_own() {
        let text = "[default]\nregion = eu-west-1\n[profile work]\ns3 =\n  region = nowhere\nregion=eu-central-1\n[profile bare]\n";
        assert_eq!(region_in(text, "default").as_deref(), Some("eu-west-1"));
        assert_eq!(region_in(text, "work").as_deref(), Some("eu-central-1"));
        assert_eq!(region_in(text, "bare"), None);
        assert_eq!(region_in(text, "other"), None);
    }

    #[test]
    fn heads_of_both_files_are_read_and_sessions_passed_over() {
        assert_eq!(profile("[default]"), Some("default"));
        assert_eq!(profile("  [ profile  work ] # mine"), Some("work"));
        assert_eq!(profile("[work]"), Some("work"));
        for line in [
            "[sso-session acme]",
            "[services local]",
            "region = eu",
            "[]",
            "[profile",
        ] {
            assert_eq!(profile(line), None, "{line}");
        }
    }
}
