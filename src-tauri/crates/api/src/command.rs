//! The command that repeats a use case, as the journal keeps it.

use pilothouse_model::PlannedTarget;

use crate::deploy::DeployRequest;
use crate::project::ProjectRequest;

/// The words of the command. Values of parameters may be secret, so they are left to be filled in.
pub(crate) fn words(
    verb: &str,
    project: &ProjectRequest,
    folder: &str,
    target: &PlannedTarget,
) -> Vec<String> {
    let mut words = vec!["pilothouse".to_owned(), verb.to_owned()];
    let mut option = |name: &str, value: &str| {
        words.push(format!("--{name}"));
        words.push(value.to_owned());
    };
    option("dir", folder);
    for (name, value) in [
        ("config", &project.config),
        ("stage", &project.stage),
        ("region", &project.region),
    ] {
        if let Some(value) = value {
            option(name, value);
        }
    }
    for param in &project.params {
        let name = param
            .split_once('=')
            .map_or(param.as_str(), |(name, _)| name);
        option("param", &format!("{name}=..."));
    }
    match target {
        PlannedTarget::Sandbox => words.push("--sandbox".to_owned()),
        PlannedTarget::Account {
            profile: Some(profile),
        } => option("profile", profile),
        PlannedTarget::Account { profile: None } => {}
    }
    words
}

/// What a deploy was asked with beside its place.
pub(crate) fn of_this_once(request: &DeployRequest) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(from) = &request.package {
        words.extend(["--package".to_owned(), from.clone()]);
    }
    if request.without_files {
        words.push("--no-sync".to_owned());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_repeats_everything_but_the_values_of_parameters() {
        let project = ProjectRequest {
            stage: Some("prod".into()),
            params: vec!["key=hunter2".into()],
            ..ProjectRequest::default()
        };
        let target = PlannedTarget::Account {
            profile: Some("work".into()),
        };
        assert_eq!(
            words("deploy", &project, "/a b", &target).join(" "),
            "pilothouse deploy --dir /a b --stage prod --param key=... --profile work"
        );
    }
}
