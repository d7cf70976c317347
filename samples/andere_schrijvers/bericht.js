// A mail with the form that the first argument names, as nodemailer composes it.
const MailComposer = require("nodemailer/lib/mail-composer");

const mail = new MailComposer({
  from: { name: "Noor Verdichtsel", address: "noor.verdichtsel@politie.example.org" },
  to: "zvh@example.org",
  subject: "Aanmelding – één casus",
  date: new Date("2026-11-19T09:30:00+01:00"),
  messageId: "<aanmelding.nodemailer@example.org>",
  text: "Beste,\n\nIn bijlage een aanmelding.\n",
  html: "<p>Beste,</p><p>In bijlage een aanmelding.</p>",
  attachments: [{ filename: "aanmelding één.docx", path: process.argv[2] }],
});
mail.compile().build((fout, bericht) => {
  if (fout) throw fout;
  process.stdout.write(bericht);
});
