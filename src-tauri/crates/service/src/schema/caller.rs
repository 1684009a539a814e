//! Keys of the events in which a service of AWS calls by itself: `cloudwatchLog`, `iot`, `iotFleetProvisioning`,
//! `alexaSkill` and `alexaSmartHome`.

use super::{Key, Rule, Shape, provider};

fn is_made_of(text: &str, also: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || also.contains(letter);
    !text.is_empty() && text.chars().all(fits)
}

static LOG_GROUP: Rule = Rule {
    wants: "the name of a log group: letters, digits and `/#-_.`",
    holds: |text| is_made_of(text, "/#-_."),
};

static SKILL: Rule = Rule {
    wants: "the id of a skill, such as `amzn1.ask.skill.xx-xx`: at most 256 letters, digits, dots, hyphens and underscores",
    holds: |text| text.len() <= 256 && is_made_of(text, "._-"),
};

const ENABLED: Key = Key::new("enabled", Shape::Truth, "Whether the function is called");

static LOG: &[Key] = &[
    Key::new("logGroup", Shape::TextBy(&LOG_GROUP), "The log group"),
    Key::new(
        "filter",
        Shape::Text,
        "Which lines are meant; all when absent",
    ),
];

static IOT_RULE: &[Key] = &[
    Key::new(
        "sql",
        Shape::Text,
        "Which messages are meant, in the SQL of AWS IoT",
    ),
    Key::new(
        "sqlVersion",
        Shape::Word(&["2015-10-08", "2016-03-23", "beta"]),
        "The version of that SQL",
    ),
    Key::new("name", Shape::Text, "The name of the rule"),
    Key::new("description", Shape::Text, "What it is for"),
    ENABLED,
];

static FLEET: &[Key] = &[
    Key::new(
        "templateBody",
        Shape::AnyMapping,
        "What is made for a new device",
    ),
    Key::new(
        "provisioningRoleArn",
        provider::ARN,
        "The role that AWS IoT makes it with",
    ),
    Key::new("templateName", Shape::Text, "The template's name"),
    ENABLED,
];

static APP: &[Key] = &[
    Key::new("appId", Shape::TextBy(&SKILL), "The skill that may call"),
    ENABLED,
];
static SKILL_OR_KEYS: Shape = Shape::Either(&[Shape::TextBy(&SKILL), Shape::Keys(APP, &["appId"])]);

static LOG_OR_KEYS: Shape =
    Shape::Either(&[Shape::TextBy(&LOG_GROUP), Shape::Keys(LOG, &["logGroup"])]);

/// `cloudwatchLog`.
pub(super) const CLOUDWATCH_LOG: Key = Key::new("cloudwatchLog", LOG_OR_KEYS, "Lines of a log");

/// `iot`.
pub(super) const IOT: Key = Key::new(
    "iot",
    Shape::Keys(IOT_RULE, &["sql"]),
    "Messages of devices",
);

/// `iotFleetProvisioning`.
pub(super) const IOT_FLEET: Key = Key::new(
    "iotFleetProvisioning",
    Shape::Keys(FLEET, &["templateBody", "provisioningRoleArn"]),
    "New devices",
);

/// `alexaSkill`.
pub(super) const ALEXA_SKILL: Key = Key::new("alexaSkill", SKILL_OR_KEYS, "An Alexa skill");

/// `alexaSmartHome`.
pub(super) const ALEXA_SMART_HOME: Key =
    Key::new("alexaSmartHome", SKILL_OR_KEYS, "Alexa's smart home");
