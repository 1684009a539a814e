//! What a template needs to know beyond the service: which archives hold the code, and when this was compiled.

use indexmap::IndexMap;
use pilothouse_model::Digest;
use pilothouse_service::Service;

/// The facts of one compilation that are not in the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileInputs {
    /// Milliseconds since 1970: names the folder of this release in the deployment bucket, and nothing else.
    pub instance_millis: u64,
    /// The packed code.
    pub archives: Archives,
}

/// The archives of a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archives {
    /// The one that all functions share; none when each has its own.
    pub service: Option<Archive>,
    /// Those of functions that are packed by themselves, by the function's key.
    pub functions: IndexMap<String, Archive>,
    /// Those of layers, by the layer's key.
    pub layers: IndexMap<String, Archive>,
}

impl Archives {
    /// The archive that a function runs.
    pub fn of(&self, function: &str) -> Option<&Archive> {
        self.functions.get(function).or(self.service.as_ref())
    }
}

/// One archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Its name in the release's folder, such as `hello.zip`.
    pub file_name: String,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
}

/// The folder of a release in the deployment bucket: `<prefix>/<service>/<stage>/<millis>-<ISO 8601>`.
pub fn release_folder(service: &Service, instance_millis: u64) -> String {
    let prefix = service.provider.deployment_prefix.as_deref();
    format!(
        "{}/{}/{}/{instance_millis}-{}",
        prefix.unwrap_or("serverless"),
        service.name,
        service.stage,
        iso_8601(instance_millis)
    )
}

/// `2026-11-23T04:07:00.310Z`, of milliseconds since 1970.
fn iso_8601(millis: u64) -> String {
    let seconds = millis / 1000;
    let (year, month, day) = civil(seconds / 86_400);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
        millis % 1000
    )
}

/// Year, month and day of a day counted from 1970-01-01.
///
/// Counts in years that begin in March, so that the leap day is the last of its year, and in eras of 400 years,
/// which all have the same number of days (146 097).
fn civil(days_since_1970: u64) -> (u64, u64, u64) {
    // 719 468 days lie between 0000-03-01 and 1970-01-01.
    let days = days_since_1970 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months counted from March have 153 days in every five.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_folder_has_the_moment_in_both_spellings() {
        let mut service = Service {
            name: "shop".into(),
            stage: "dev".into(),
            ..Service::default()
        };
        assert_eq!(
            release_folder(&service, 1_795_406_820_310),
            "serverless/shop/dev/1795406820310-2026-11-23T04:07:00.310Z"
        );
        service.provider.deployment_prefix = Some("releases".into());
        assert_eq!(
            release_folder(&service, 0),
            "releases/shop/dev/0-1970-01-01T00:00:00.000Z"
        );
    }

    #[test]
    fn leap_days_and_turns_of_years_are_counted_right() {
        for (millis, text) in [
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (1_704_067_199_999, "2023-12-31T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(iso_8601(millis), text);
        }
    }
}
