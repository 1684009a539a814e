//! How much fits into one stack.

use pilothouse_model::{Code, Diagnostic, Diagnostics, Template};
use serde_json::Value;

/// The most resources of one template.
pub const MOST_RESOURCES: usize = 500;
/// The most outputs, and the most parameters.
const MOST_OUTPUTS: usize = 200;
/// The most mappings.
const MOST_MAPPINGS: usize = 200;
/// The most bytes of a template that lies in a bucket.
const MOST_BYTES: usize = 1_000_000;

/// What to do about a template that is too large.
const TWO_WAYS: &str = "Write `nestedStacks: true` under `custom.pilothouse`, which divides it into nested stacks, or divide the service into several that are deployed together: pilothouse deploy --all";

/// The sections that have a limit of their own, with what to do about it.
const SECTIONS: [(&str, &str, usize, &str); 4] = [
    ("Resources", "resources", MOST_RESOURCES, TWO_WAYS),
    (
        "Outputs",
        "outputs",
        MOST_OUTPUTS,
        "Leave outputs out that nobody reads; those of functions' versions go with `provider.versionFunctions: false`",
    ),
    (
        "Parameters",
        "parameters",
        MOST_OUTPUTS,
        "Write values that never change into the file",
    ),
    (
        "Mappings",
        "mappings",
        MOST_MAPPINGS,
        "Leave mappings out that nobody reads",
    ),
];

pub(super) fn check(template: &Template, found: &mut Diagnostics) {
    for (section, noun, most, hint) in SECTIONS {
        let count = template.section(section).map_or(0, serde_json::Map::len);
        if count > most {
            let message =
                format!("the stack would have {count} {noun}, and CloudFormation takes {most}");
            found.push(
                Diagnostic::error(Code::TemplateTooLarge, message)
                    .path(section)
                    .hint(hint),
            );
        }
    }
    let bytes = short_length(&Value::Object(template.0.clone()));
    if bytes > MOST_BYTES {
        let message =
            format!("the template has {bytes} bytes, and CloudFormation takes {MOST_BYTES}");
        found.push(
            Diagnostic::error(Code::TemplateTooLarge, message)
                .path("Resources")
                .hint(TWO_WAYS),
        );
    }
}

/// How long the template is without the spaces that make it readable.
fn short_length(template: &Value) -> usize {
    template.to_string().len()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    fn of(resources: usize, outputs: usize) -> Vec<String> {
        let resource = |at: usize| (format!("T{at}"), json!({"Type": "AWS::SNS::Topic"}));
        let output = |at: usize| (format!("O{at}"), json!({"Value": "x"}));
        let mut template = Template::default();
        *template.section_mut("Resources") = (0..resources).map(resource).collect::<Map<_, _>>();
        *template.section_mut("Outputs") = (0..outputs).map(output).collect::<Map<_, _>>();
        let mut found = Diagnostics::default();
        check(&template, &mut found);
        assert!(found.0.iter().all(|one| one.hint.is_some()));
        found.0.into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn as_much_as_fits_is_no_problem_and_one_more_is() {
        assert!(of(500, 200).is_empty());
        let found = of(501, 201);
        assert_eq!(
            found,
            [
                "the stack would have 501 resources, and CloudFormation takes 500",
                "the stack would have 201 outputs, and CloudFormation takes 200",
            ]
        );
    }

    #[test]
    fn a_template_of_too_many_bytes_is_told() {
        let mut template = Template::default();
        let long = json!({"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "x".repeat(MOST_BYTES)}});
        template.section_mut("Resources").insert("T".into(), long);
        let mut found = Diagnostics::default();
        check(&template, &mut found);
        assert_eq!(found.0.len(), 1, "{found:?}");
    }
}
