/**
 * Sending mail over SMTP, from templates of the folder {@code templates/}.
 *
 * <p>A mail's whole content stands in the parameters before anybody decides on it: {@link
 * dev.bylaw.actions.mail.SendEmail#prepare} fills the template, so that policies inspect what will
 * be sent and obligations can change it. {@link dev.bylaw.actions.mail.MailTemplates} reads the
 * files; the templates in them are those of {@code dev.bylaw.playbook.template}. {@link
 * dev.bylaw.actions.mail.MailServer} is one SMTP server; it tells exactly whether a mail that
 * failed may have gone out.
 *
 * <p>Addresses, headers and names of attachments are hostile: none may carry a line break.
 */
@NullMarked
package dev.bylaw.actions.mail;

import org.jspecify.annotations.NullMarked;
