//! What goes wrong with parameters, in the one envelope, with the way out of each.

use pilothouse_effects::CloudProblem;
use pilothouse_model::Code;
use pilothouse_secrets::{Broken, SecretProblem};
use serde_json::json;

use super::store::{Store, partition};
use crate::{ApiError, Kind, Retry};

impl Store {
    /// A problem in the one envelope. `name` is the parameter, or path, that it is about.
    pub(super) fn told(&self, problem: SecretProblem, name: Option<&str>) -> ApiError {
        let title = problem.to_string();
        let error = |code, kind| ApiError::new(code, kind, title.clone());
        match problem {
            SecretProblem::Cloud(cloud) => self.of_cloud(cloud, name),
            SecretProblem::Journal(journal) => journal.into(),
            SecretProblem::Entropy(source) => {
                error(Code::Internal, Kind::Internal).detail(source.to_string())
            }
            SecretProblem::Rules { broken, .. } => of_rules(error(Code::SecretRules, Kind::User), &broken),
            SecretProblem::Exists { name, version } => error(Code::SecretMoved, Kind::Precondition)
                .hint(format!("To write over it, say which version you saw: --seen {version}"))
                .hint(format!("To see what it is: pilothouse secrets show {name}")),
            SecretProblem::Missing { .. } => error(Code::CloudMissing, Kind::Precondition)
                .hint(format!("Look in {} of {}: pilothouse secrets list", self.region(), self.account()))
                .hint("Versions and labels of it: pilothouse secrets history NAME"),
            SecretProblem::Moved { name, seen, now } => error(Code::SecretMoved, Kind::Precondition)
                .detail("writing now would lose what somebody else wrote")
                .hint(format!("See what changed: pilothouse secrets diff {name} {seen} {now}"))
                .hint(format!("Then write again, with --seen {now}")),
            SecretProblem::OtherKind { .. } => error(Code::SecretRules, Kind::User)
                .hint("Delete it and make it anew, or choose another name"),
            SecretProblem::SmallerTier { .. } => error(Code::SecretRules, Kind::User)
                .hint("Leave the tier as it is; to be rid of its charge, delete the parameter and make it anew"),
            SecretProblem::Labels { .. } => error(Code::SecretRules, Kind::User)
                .hint("Labels of each version: pilothouse secrets history NAME"),
            SecretProblem::Stopped { written, left, problem } => self.stopped(&written, &left, *problem),
            SecretProblem::Cancelled => error(Code::Cancelled, Kind::User),
            _ => error(Code::CloudRefused, Kind::Remote),
        }
    }

    /// Some were done; the rest is done by the same command.
    fn stopped(&self, written: &[String], left: &[String], problem: SecretProblem) -> ApiError {
        let first = left.first().cloned();
        let mut told = self.told(problem, first.as_deref());
        let all = written.len() + left.len();
        let why = std::mem::take(&mut told.title);
        told.title = format!("{} of {all} were done, then: {why}", written.len());
        told.hint(format!(
            "Repeat the command: what is done is found done, and the {} that are left are done",
            left.len()
        ))
    }

    fn of_cloud(&self, problem: CloudProblem, name: Option<&str>) -> ApiError {
        match &problem {
            CloudProblem::Denied { call, reason } => {
                let mut told = ApiError::new(Code::Denied, Kind::Permission, problem.to_string());
                told.detail = Some(reason.clone());
                let action = action(call, reason);
                told.hint(format!(
                    "You lack {action}. Ask whoever manages the account for this statement:"
                ))
                .hint(self.statement(action, name))
            }
            CloudProblem::Refused { name: refusal, .. } => of_refusal(&problem, refusal),
            CloudProblem::NotFound { .. } => ApiError::from(problem).hint(format!(
                "Look in {} of {}: pilothouse secrets list",
                self.region(),
                self.account()
            )),
            _ => problem.into(),
        }
    }

    /// The least statement that allows an action on a parameter, or on all below a path.
    fn statement(&self, action: &str, name: Option<&str>) -> String {
        let (partition, ending) = partition(&self.region);
        let (region, account) = (&self.region, &self.principal.account);
        let statement = if action.starts_with("kms:") {
            json!({
                "Effect": "Allow", "Action": action,
                "Resource": format!("arn:{partition}:kms:{region}:{account}:key/*"),
                "Condition": { "StringEquals": { "kms:ViaService": format!("ssm.{region}.{ending}") } },
            })
        } else {
            // The list is of all parameters or none: AWS knows no part of it.
            let resource = match name {
                Some(name) if action != "ssm:DescribeParameters" => self.arn(name),
                _ => "*".to_owned(),
            };
            json!({ "Effect": "Allow", "Action": action, "Resource": resource })
        };
        statement.to_string()
    }
}

/// The action that is missing: that of the key, when the words of AWS name it, else that of the call.
fn action<'a>(call: &'a str, reason: &'a str) -> &'a str {
    let words = reason.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == ':'));
    let mut words = words.filter(|word| word.starts_with("kms:") && word.len() > "kms:".len());
    words.next().unwrap_or(call)
}

pub(super) fn of_rules(mut error: ApiError, broken: &[Broken]) -> ApiError {
    let what: Vec<&str> = broken.iter().map(|one| one.what.as_str()).collect();
    error = error.detail(what.join("; "));
    for one in broken {
        error = error.hint(one.way_out.clone());
    }
    error
}

/// What the Parameter Store and the key behind it refuse by name: what it means, and the way out.
const REFUSALS: &[(&[&str], &str, &str)] = &[
    (
        &["ParameterAlreadyExists"],
        "the parameter exists already",
        "Look at it first: pilothouse secrets show NAME",
    ),
    (
        &["ParameterLimitExceeded"],
        "the account has as many parameters as it may have",
        "Delete what nobody reads, or ask AWS for more (Service Quotas)",
    ),
    (
        &["ParameterMaxVersionLimitExceeded"],
        "it has 100 versions, and the oldest has a label",
        "Move that label to a newer version: pilothouse secrets label NAME VERSION LABEL",
    ),
    (
        &["ParameterVersionLabelLimitExceeded"],
        "the version has ten labels already",
        "Take one from it: pilothouse secrets unlabel NAME VERSION LABEL",
    ),
    (
        &["HierarchyLevelLimitExceededException"],
        "the name has more than 15 levels",
        "Choose a name with fewer",
    ),
    (
        &["HierarchyTypeMismatchException"],
        "the type of a parameter cannot be changed",
        "Delete it and make it anew, or choose another name",
    ),
    (
        &["InvalidAllowedPatternException"],
        "AWS does not understand the pattern",
        "Correct it: AWS takes regular expressions of up to 1,024 letters",
    ),
    (
        &["ParameterPatternMismatchException"],
        "the value does not match the parameter's pattern",
        "Correct the value, or change the pattern",
    ),
    (
        &[
            "InvalidKeyId",
            "KMSInvalidStateException",
            "DisabledException",
            "KMSKeyDisabledException",
        ],
        "the key does not exist here, or is disabled or being deleted",
        "Choose another key of this account and Region, or enable it",
    ),
    (
        &[
            "InvalidPolicyAttributeException",
            "InvalidPolicyTypeException",
            "IncompatiblePolicyException",
        ],
        "AWS does not take these policies",
        "Use one end in the future, and warnings that come before it",
    ),
    (
        &["PoliciesLimitExceededException"],
        "the parameter has ten policies already",
        "Leave some out",
    ),
    (
        &["UnsupportedParameterType"],
        "AWS does not know this type",
        "Use String, StringList or SecureString",
    ),
    (
        &["TooManyTagsError"],
        "the parameter has as many tags as it may have",
        "Take some away: pilothouse secrets tag NAME --remove KEY",
    ),
    // What imitates AWS does not know all of it.
    (
        &["InvalidAction", "UnknownOperationException"],
        "the local AWS does not know this call",
        "Try it in an account. Of labels: one that is put on another version leaves this one",
    ),
];

/// The service has a fault of its own.
const FAULTS: &[&str] = &[
    "InternalServerError",
    "InternalFailure",
    "ServiceUnavailable",
];

fn of_refusal(problem: &CloudProblem, name: &str) -> ApiError {
    if FAULTS.contains(&name) {
        let title = "AWS has a fault of its own";
        return refused(problem, title, "Try again in a minute").retry(Retry::Now);
    }
    let known = REFUSALS.iter().find(|(names, _, _)| names.contains(&name));
    match known {
        Some((_, title, way_out)) => refused(problem, title, way_out),
        None if matches!(problem, CloudProblem::Refused { call, .. } if *call == "ssm:PutParameter") =>
        {
            let way_out =
                "Look at its name, type, key, tier and size: pilothouse secrets set --help";
            refused(
                problem,
                "AWS does not take the parameter like this",
                way_out,
            )
        }
        None => ApiError::from(problem.clone()),
    }
}

/// The service's own words repeat what it was sent in places, so they are not told.
fn refused(problem: &CloudProblem, title: &str, way_out: &str) -> ApiError {
    let mut told = ApiError::new(Code::CloudRefused, Kind::Remote, title);
    if let CloudProblem::Refused { call, name, .. } = problem {
        told = told.detail(format!("{call} was refused: {name}"));
    }
    told.hint(way_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_action_that_is_missing_is_that_of_the_key_when_aws_says_so() {
        let of_key = "User: arn:aws:iam::1:user/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/a";
        assert_eq!(action("ssm:GetParameter", of_key), "kms:Decrypt");
        let of_call = "User: x is not authorized to perform: ssm:GetParameter on resource: y";
        assert_eq!(action("ssm:GetParameter", of_call), "ssm:GetParameter");
    }

    #[test]
    fn every_refusal_that_aws_documents_has_a_sentence_and_a_way_out_and_repeats_no_value() {
        for name in [
            "ParameterAlreadyExists",
            "ParameterLimitExceeded",
            "ParameterMaxVersionLimitExceeded",
            "ParameterVersionLabelLimitExceeded",
            "HierarchyLevelLimitExceededException",
            "HierarchyTypeMismatchException",
            "InvalidAllowedPatternException",
            "ParameterPatternMismatchException",
            "InvalidKeyId",
            "InvalidPolicyAttributeException",
            "InvalidPolicyTypeException",
            "IncompatiblePolicyException",
            "PoliciesLimitExceededException",
            "UnsupportedParameterType",
            "TooManyTagsError",
            "InvalidAction",
            "InternalServerError",
            "ValidationException",
        ] {
            let problem = CloudProblem::Refused {
                call: "ssm:PutParameter",
                name: name.to_owned(),
                reason: "value hunter2 is bad".to_owned(),
            };
            let told = of_refusal(&problem, name);
            assert!(!told.hints.is_empty(), "{name}");
            assert!(!format!("{told:?}").contains("hunter2"), "{name}");
        }
    }
}
