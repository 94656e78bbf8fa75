import { Children, isValidElement, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { TERMS } from "@/lib/contracts/terms";
import { Button } from "./button";
import { Chip } from "./chip";
import { Counts } from "./counts";
import { ErrorState } from "./error-state";
import { ErrorSummary } from "./error-summary";
import { Field } from "./field";
import { IconButton } from "./icon-button";
import { Input } from "./input";
import { Mark } from "./mark";
import { PageHeader } from "./page-header";
import { ProgressBar } from "./progress-bar";
import { RadioGrades } from "./radio-grades";
import { Select } from "./select";
import { SimulatedTag } from "./simulated-tag";
import { Table } from "./table";
import { Term } from "./term";
import { TextBlock } from "./text-block";
import { Textarea } from "./textarea";

const render = (element: ReactElement) => renderToStaticMarkup(element);

/** Value of an attribute of the first tag that matches. */
function attribute(html: string, tag: string, name: string): string | undefined {
  const found = new RegExp(`<${tag}\\b[^>]*?\\s${name}="([^"]*)"`).exec(html);
  return found?.[1];
}

/** Text of the element with an id. */
function textOf(html: string, id: string | undefined): string | undefined {
  const start = html.indexOf(`id="${id}"`);
  return start < 0 ? undefined : /^[^>]*>([^<]*)/.exec(html.slice(start))?.[1];
}

const GRADES = ["wrong", "not usable", "usable", "good", "excellent"].map((meaning, index) => ({
  value: index + 1,
  label: String(index + 1),
  meaning,
}));

describe("buttons", () => {
  it("a blocked button stays focusable, is aria-disabled, and is described by its reason", () => {
    const html = render(<Button blockedReason="Two losses have no reason yet.">Approve</Button>);
    expect(html).toContain('aria-disabled="true"');
    expect(html).not.toMatch(/\sdisabled[=\s>]/);
    expect(textOf(html, attribute(html, "button", "aria-describedby"))).toBe(
      "Two losses have no reason yet.",
    );
  });

  it("a pending button keeps the focus, says so, and does not submit", () => {
    const html = render(
      <Button type="submit" pending pendingLabel="Saving">
        Save
      </Button>,
    );
    expect(html).toContain('aria-busy="true"');
    expect(html).toContain('aria-disabled="true"');
    expect(html).toContain("Saving");
    expect(html).not.toMatch(/\sdisabled[=\s>]/);
  });

  it("an icon button has its name, and its tooltip does not repeat it", () => {
    const html = render(<IconButton label="Keys" icon={<svg aria-hidden="true" />} />);
    expect(attribute(html, "button", "aria-label")).toBe("Keys");
    expect(html).not.toContain("aria-describedby");
  });

  it("the cross of a chip names what it removes", () => {
    expect(render(<Chip onRemove={() => {}}>red zone</Chip>)).toContain("Remove red zone");
  });
});

describe("forms", () => {
  const controls: [string, string, ReactNode][] = [
    ["input", "Input", <Input key="input" />],
    ["textarea", "Textarea", <Textarea key="textarea" />],
    ["select", "Select", <Select key="select" options={[{ value: "a", label: "A" }]} />],
  ];
  it.each(controls)("%s: label, hint and error are tied to it", (tag, _name, control) => {
    const html = render(
      <Field label="Question" hint="As people ask it." error="Write the question." required>
        {Children.map(control, (child) => (isValidElement(child) ? child : null))}
      </Field>,
    );
    const id = attribute(html, tag, "id");
    expect(id).toBeTruthy();
    expect(attribute(html, "label", "for")).toBe(id);
    expect(attribute(html, tag, "aria-invalid")).toBe("true");
    expect(attribute(html, tag, "aria-required")).toBe("true");
    const [hint, error] = attribute(html, tag, "aria-describedby")!.split(" ");
    expect(textOf(html, hint)).toBe("As people ask it.");
    expect(html).toContain(`id="${error}"`);
    expect(html).toContain("Write the question.");
  });

  it("without an error nothing claims to be invalid", () => {
    const html = render(
      <Field label="Question">
        <Input />
      </Field>,
    );
    expect(html).not.toContain("aria-invalid=");
    expect(html).not.toContain("aria-describedby=");
  });

  it("the error summary can take the focus and links to each control; without errors there is none", () => {
    const html = render(<ErrorSummary errors={[{ fieldId: "q", message: "Write the question." }]} />);
    expect(html).toContain('tabindex="-1"');
    expect(html).toContain('href="#q"');
    expect(html).toContain("One thing needs your attention");
    expect(render(<ErrorSummary errors={[]} />)).toBe("");
  });

  it("grades are one radio group with a visible legend, each with its meaning", () => {
    const html = render(
      <RadioGrades legend="How good?" grades={GRADES} value={2} onChange={() => {}} goodEnoughFrom={4} />,
    );
    expect(html).toMatch(/<fieldset[^>]*><legend/);
    expect(html).toContain("How good?");
    const radios = [...html.matchAll(/<input [^>]*type="radio"[^>]*>/g)].map((match) => match[0]);
    expect(new Set(radios.map((radio) => attribute(radio, "input", "name"))).size).toBe(1);
    expect(radios.map((radio) => attribute(radio, "input", "value"))).toEqual(["1", "2", "3", "4", "5"]);
    expect(radios.map((radio) => radio.includes('checked=""'))).toEqual([false, true, false, false, false]);
    expect(radios.map((radio) => textOf(html, attribute(radio, "input", "aria-describedby")))).toEqual(
      GRADES.map((grade) => grade.meaning),
    );
    expect(html).toContain("Good enough from 4");
    expect(html).toMatch(/2:<\/span> not usable/);
  });

  it("a line is drawn only where the scale has one", () => {
    const html = render(<RadioGrades legend="How good?" grades={GRADES} value={null} onChange={() => {}} />);
    expect(html).not.toContain("Good enough from");
    expect(html).not.toContain('checked=""');
  });
});

describe("words and signs", () => {
  it("a term is a button, never a title, and is described by its meaning", () => {
    const html = render(<Term code="guideline">guidelines</Term>);
    expect(html).toMatch(/<button[^>]*type="button"/);
    expect(html).not.toContain("title=");
    expect(textOf(html, attribute(html, "button", "aria-describedby"))).toBe(TERMS.guideline.meaning);
    expect(html).toContain(">guidelines</button>");
  });

  it("a term without words shows its name on screen", () => {
    expect(render(<Term code="metric-call" />)).toContain(">scored answer</button>");
  });

  it("each sign has a word for those who do not see it", () => {
    expect(render(<Mark kind="front" />)).toContain("best on at least one record");
    expect(render(<Mark kind="worse" word="let through" />)).toContain("let through");
    expect(render(<Mark kind="better" />)).toMatch(/aria-hidden="true">▲/);
  });

  it("counts say in words what their signs say", () => {
    const html = render(<Counts items={[{ count: 1200, label: "better", mark: "better" }]} />);
    expect(html).toContain("1,200");
    expect(html).toMatch(/<\/span> better/);
  });

  it("simulated explains itself", () => {
    expect(render(<SimulatedTag />)).toContain(TERMS.simulated.meaning);
  });
});

describe("blocks", () => {
  it("text of models and users is escaped, keeps its direction, and is folded when long", () => {
    const text = `<script>alert(1)</script>\n${"words and words ".repeat(200)}`;
    const html = render(<TextBlock text={text} maxLines={4} />);
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain('dir="auto"');
    expect(html).toContain("Show all 601 words");
    expect(attribute(html, "button", "aria-expanded")).toBe("false");
    expect(attribute(html, "button", "aria-controls")).toBe(attribute(html, "div", "id"));
  });

  it("progress is text as well as a bar", () => {
    const html = render(<ProgressBar label="Scored answers" value={80} max={75} text="75 of 75 used" />);
    expect(html).toContain('role="progressbar"');
    expect(html).toContain('aria-valuenow="75"');
    expect(html).toContain('aria-valuetext="75 of 75 used"');
    expect(html).toContain(">75 of 75 used<");
  });

  it("a table keeps its roles and labels when it is shown as a list", () => {
    const html = render(
      <Table
        caption="Records"
        rows={[{ id: "1", name: "3rd and short", grade: 2 }]}
        rowKey={(row) => row.id}
        isSelected={() => true}
        columns={[
          { key: "name", header: "Question", isRowHeader: true, cell: (row) => row.name },
          { key: "grade", header: "Grade", isNumeric: true, cell: (row) => row.grade },
        ]}
      />,
    );
    expect(html).toContain("<caption");
    for (const role of ["table", "rowgroup", "row", "columnheader", "rowheader", "cell"]) {
      expect(html).toContain(`role="${role}"`);
    }
    expect(html).toContain('data-label="Grade"');
    expect(html).toContain('aria-current="true"');
  });

  it("an error says what happened, what is kept and what to do next", () => {
    const html = render(
      <ErrorState title="9 could not be scored" kept="27 are kept." next="Score the 9 again." />,
    );
    expect(html).toContain('role="alert"');
    for (const words of ["9 could not be scored", "27 are kept.", "Score the 9 again."])
      expect(html).toContain(words);
  });

  it("a page header has the one h1 and the state in a sentence", () => {
    const html = render(<PageHeader title="Run 7" sentence="41 of 75 used." isSimulated />);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain("41 of 75 used.");
    expect(html).toContain("simulated");
  });
});
