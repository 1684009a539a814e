//! Rules that texts follow.

use std::fmt;

/// A rule, and how to say it.
#[derive(Clone, Copy)]
pub struct Rule {
    /// What follows it, as in "must be ...".
    pub wants: &'static str,
    /// Whether a text follows it.
    pub holds: fn(&str) -> bool,
}

impl fmt::Debug for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Rule").field(&self.wants).finish()
    }
}

/// Methods of an HTTP endpoint.
pub(crate) const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "OPTIONS", "HEAD", "DELETE", "ANY",
];

fn is_name(text: &str, also: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || also.contains(letter))
}

fn is_resource_id(text: &str) -> bool {
    is_name(text.strip_suffix('*').unwrap_or(text), "#-_./")
}

fn begins_with_letter(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
}

pub(super) static SERVICE_NAME: Rule = Rule {
    wants: "a letter followed by letters, digits and hyphens, such as `my-service`",
    holds: |text| text.len() > 1 && begins_with_letter(text) && is_name(text, "-"),
};

pub(super) static STAGE: Rule = Rule {
    wants: "letters, digits and hyphens, such as `dev`",
    holds: |text| is_name(text, "-"),
};

pub(super) static FUNCTION_NAME: Rule = Rule {
    wants: "letters, digits, hyphens and underscores",
    holds: |text| is_name(text, "-_"),
};

pub(super) static STACK_NAME: Rule = Rule {
    wants: "at most 128 letters, digits and hyphens, a letter first",
    holds: |text| text.len() <= 128 && begins_with_letter(text) && is_name(text, "-"),
};

pub(super) static ENVIRONMENT_NAME: Rule = Rule {
    wants: "letters, digits and underscores, no digit first",
    holds: |text| is_name(text, "_") && !text.starts_with(|first: char| first.is_ascii_digit()),
};

pub(super) static TAG_NAME: Rule = Rule {
    wants: "at most 128 letters, digits, spaces and `./=+:-_`, and must not begin with `aws:`",
    holds: |text| text.len() <= 128 && !text.starts_with("aws:") && is_name(text, "./=+:-_ "),
};

pub(super) static TAG_VALUE: Rule = Rule {
    wants: "at most 256 characters",
    holds: |text| text.chars().count() <= 256,
};

pub(super) static NOT_EMPTY: Rule = Rule {
    wants: "a text that is not empty",
    holds: |text| !text.is_empty(),
};

pub(super) static DESCRIPTION: Rule = Rule {
    wants: "at most 256 characters",
    holds: |text| text.chars().count() <= 256,
};

pub(super) static ARN: Rule = Rule {
    wants: "an ARN, which begins with `arn:`",
    holds: |text| text.starts_with("arn:"),
};

pub(super) static TOPIC_ARN: Rule = Rule {
    wants: "the ARN of a topic, which begins with `arn:aws:sns:`",
    holds: |text| text.starts_with("arn:aws") && text.split(':').nth(2) == Some("sns"),
};

pub(super) static KEY_ARN: Rule = Rule {
    wants: "the ARN of a key, which begins with `arn:aws:kms:`",
    holds: |text| text.starts_with("arn:aws") && text.split(':').nth(2) == Some("kms"),
};

pub(super) static MOUNT_PATH: Rule = Rule {
    wants: "a path such as `/mnt/files`",
    holds: |text| {
        text.strip_prefix("/mnt/")
            .is_some_and(|name| is_name(name, "-_."))
    },
};

pub(super) static BUCKET: Rule = Rule {
    wants: "3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit at both ends",
    holds: |text| {
        (3..=63).contains(&text.len())
            && text.split('.').all(|part| {
                !part.is_empty()
                    && !part.starts_with('-')
                    && !part.ends_with('-')
                    && part.chars().all(|letter| {
                        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
                    })
            })
            && !(text.split('.').count() == 4
                && text
                    .split('.')
                    .all(|part| part.len() <= 3 && part.parse::<u16>().is_ok()))
    },
};

pub(super) static ROLE_NAME: Rule = Rule {
    wants: "1 to 64 letters, digits and `/_+=,.@-`",
    holds: |text| text.len() <= 64 && is_name(text, "/_+=,.@-"),
};

pub(super) static ROLE_PATH: Rule = Rule {
    wants: "`/`, or a path with a slash at both ends",
    holds: |text| text == "/" || (text.len() > 2 && text.starts_with('/') && text.ends_with('/')),
};

pub(super) static MEDIA_TYPE: Rule = Rule {
    wants: "a media type such as `image/png` or `*/*`",
    holds: |text| {
        !text.contains(char::is_whitespace)
            && text
                .split_once('/')
                .is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty())
    },
};

pub(super) static METHOD: Rule = Rule {
    wants: "GET, POST, PUT, PATCH, OPTIONS, HEAD, DELETE, ANY or `*`",
    holds: is_method,
};

fn is_method(text: &str) -> bool {
    text == "*" || METHODS.contains(&text.to_ascii_uppercase().as_str())
}

pub(super) static HTTP_ROUTE: Rule = Rule {
    wants: "a method and a path, such as `GET /hello`",
    holds: |text| {
        text.split_once(' ').is_some_and(|(method, path)| {
            method != "*"
                && is_method(method)
                && path.starts_with('/')
                && !path.contains(char::is_whitespace)
        })
    },
};

pub(super) static HTTP_PATH: Rule = Rule {
    wants: "a path without spaces, such as `users/{id}`",
    holds: |text| !text.contains(char::is_whitespace),
};

pub(super) static HTTP_API_ROUTE: Rule = Rule {
    wants: "a method and a path, such as `GET /hello`, or `*`",
    holds: |text| {
        text == "*"
            || text.split_once(' ').is_some_and(|(method, path)| {
                method != "*"
                    && is_method(method)
                    && path.starts_with('/')
                    && !path.contains(char::is_whitespace)
            })
    },
};

pub(super) static HTTP_API_PATH: Rule = Rule {
    wants: "a path that begins with `/`, or `*`",
    holds: |text| text == "*" || (text.starts_with('/') && !text.contains(char::is_whitespace)),
};

pub(super) static LAYER_ACCOUNT: Rule = Rule {
    wants: "twelve digits, `*`, or the ARN of an account's root",
    holds: |text| {
        text == "*"
            || (text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit()))
            || (text.starts_with("arn:aws") && text.ends_with(":root"))
    },
};

pub(super) static LAYER_NAME: Rule = Rule {
    wants: "at most 140 letters, digits, hyphens and underscores, or a layer's ARN",
    holds: |text| {
        !text.is_empty()
            && text.len() <= 140
            && (is_name(text, "-_") || (text.starts_with("arn:") && text.contains(":layer:")))
    },
};

pub(super) static LICENSE: Rule = Rule {
    wants: "at most 512 characters",
    holds: |text| text.chars().count() <= 512,
};

pub(super) static USAGE_PLAN: Rule = Rule {
    wants: "the name of a usage plan",
    holds: |text| !["name", "value", "description", "customerId", "enabled"].contains(&text),
};

pub(super) static STATUS_CODE: Rule = Rule {
    wants: "three digits, such as `404`",
    holds: |text| text.len() == 3 && text.chars().all(|digit| digit.is_ascii_digit()),
};

pub(super) static SCHEDULE: Rule = Rule {
    wants: "a schedule such as `rate(5 minutes)`, `rate(1 hour)` or `cron(0 12 * * ? *)`",
    holds: is_schedule,
};

fn is_schedule(text: &str) -> bool {
    let inside = |word: &str| text.strip_prefix(word)?.strip_suffix(')');
    if let Some(rate) = inside("rate(") {
        return rate.split_once(' ').is_some_and(|(count, unit)| {
            let singular = matches!(unit, "minute" | "hour" | "day");
            let plural = matches!(unit, "minutes" | "hours" | "days");
            let digits =
                !count.starts_with('0') && is_name(count, "") && count.parse::<u32>().is_ok();
            digits && if count == "1" { singular } else { plural }
        });
    }
    inside("cron(").is_some_and(|cron| {
        cron.split(' ').count() == 6 && cron.split(' ').all(|field| !field.is_empty())
    })
}

/// As Serverless holds it: one letter of a name is enough, and AWS has the last word.
pub(super) static RULE_NAME: Rule = Rule {
    wants: "1 to 64 characters with letters, digits, dots, hyphens or underscores among them",
    holds: |text| {
        let of_a_name = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
        text.chars().count() <= 64 && text.contains(of_a_name)
    },
};

pub(super) static POLICY_RESOURCE: Rule = Rule {
    wants: "`*`, an ARN, or an id in which a `*` may come last",
    holds: |text| text == "*" || (ARN.holds)(text) || is_resource_id(text),
};

pub(super) static API_RESOURCE: Rule = Rule {
    wants: "`*`, an ARN, or a path of the API such as `execute-api:/*`",
    holds: |text| text == "*" || (ARN.holds)(text) || text.starts_with("execute-api:/"),
};

pub(super) static UP_TO_512: Rule = Rule {
    wants: "at most 512 characters",
    holds: |text| text.chars().count() <= 512,
};

pub(super) static UP_TO_8192: Rule = Rule {
    wants: "at most 8192 characters",
    holds: |text| text.chars().count() <= 8192,
};

pub(super) static LOGICAL_ID: Rule = Rule {
    wants: "at most 255 letters and digits",
    holds: |text| text.len() <= 255 && is_name(text, ""),
};

pub(super) static DEPRECATION_CODE: Rule = Rule {
    wants: "a code such as `PACKAGE_PATTERNS`, or `*`",
    holds: |text| {
        text == "*"
            || (is_name(text, "_") && !text.contains(|letter: char| letter.is_ascii_lowercase()))
    },
};

pub(super) static IMAGE_NAME: Rule = Rule {
    wants: "2 to 32 small letters, digits, hyphens and underscores, a letter first",
    holds: |text| {
        let fits = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
        };
        (2..=32).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.chars().all(fits)
    },
};

pub(super) static IMAGE_URI: Rule = Rule {
    wants: "an image in ECR: `<account>.dkr.ecr.<region>.amazonaws.com/<repository>`, with `@sha256:<digest>` or `:<tag>`",
    holds: is_image_uri,
};

/// Whether a text is the address of an image: of any that is named by its digest, or of one in ECR.
pub(crate) fn is_image_uri(text: &str) -> bool {
    let by_digest = text.rsplit_once("@sha256:").is_some_and(|(name, digest)| {
        digest.len() == 64
            && digest.chars().all(|d| matches!(d, '0'..='9' | 'a'..='f'))
            && name.ends_with(|last: char| !matches!(last, '@' | ':'))
    });
    by_digest || is_in_registry(text)
}

fn is_in_registry(text: &str) -> bool {
    let Some((host, image)) = text.split_once('/') else {
        return false;
    };
    let host = host.strip_suffix(".cn").unwrap_or(host);
    let Some((registry, region)) = host
        .strip_suffix(".amazonaws.com")
        .and_then(|host| host.split_once(".dkr.ecr."))
    else {
        return false;
    };
    !registry.is_empty()
        && registry.chars().all(|digit| digit.is_ascii_digit())
        && !region.is_empty()
        && is_name(region, "-")
        && !image.is_empty()
        && !image.contains('@')
}
