//! Names that people read, for what a service is given beside what its file names.

/// Generated ids and what they are; of an id that ends in `*`, what follows is a number or a digest.
const GENERATED: &[(&str, &str)] = &[
    ("ApiGatewayDeployment*", "deployment of the REST API"),
    ("ApiGatewayRestApi", "REST API"),
    ("HttpApi", "HTTP API"),
    ("HttpApiStage", "stage of the HTTP API"),
    ("IamRoleLambdaExecution", "role of the functions"),
    ("ServerlessDeploymentBucket", "bucket for the code"),
    (
        "ServerlessDeploymentBucketPolicy",
        "policy of the bucket for the code",
    ),
];

/// What belongs to a function, by what its id says after the function's name.
const PARTS: &[(&str, &str)] = &[
    ("LambdaVersion", "version"),
    ("LambdaPermission", "permission"),
    ("EventsRule", "schedule"),
    ("SchedulerSchedule", "schedule"),
];

/// What people call a resource that no line of the file names; none for what is not known.
pub(super) fn of_generated(logical_id: &str) -> Option<String> {
    let is = |id: &str| match id.strip_suffix('*') {
        Some(start) => logical_id
            .strip_prefix(start)
            .is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_alphanumeric())),
        None => id == logical_id,
    };
    let (_, words) = GENERATED.iter().find(|(id, _)| is(id))?;
    Some((*words).to_owned())
}

/// What a part of a function is, by the end of its id.
pub(super) fn of_part(rest: &str) -> &'static str {
    let found = PARTS.iter().find(|(start, _)| rest.starts_with(start));
    found.map_or("part", |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_generated_has_words_and_what_is_not_known_has_none() {
        let words = |id: &str| of_generated(id);
        assert_eq!(
            words("ApiGatewayDeployment8f31c2").as_deref(),
            Some("deployment of the REST API")
        );
        assert_eq!(
            words("HttpApiStage").as_deref(),
            Some("stage of the HTTP API")
        );
        assert_eq!(words("HttpApiIntegrationHello"), None);
        assert_eq!(words("VotesTable"), None);
    }

    #[test]
    fn a_part_of_a_function_is_named_by_its_kind() {
        assert_eq!(of_part("LambdaPermissionApiGateway"), "permission");
        assert_eq!(of_part("EventsRuleSchedule1"), "schedule");
        assert_eq!(of_part("Anything"), "part");
    }
}
