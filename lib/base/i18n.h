/* Translation of messages: gettext domain "migstat".
 *
 * `_("text")` is the text in the user's language, `N_("text")` marks a constant that is translated
 * later with `_(variable)`. The library only looks texts up; a program chooses the language and binds
 * the catalogue (the commands do so in cli/). Data are never translated.
 */
#ifndef MIGSTAT_BASE_I18N_H
#define MIGSTAT_BASE_I18N_H

#include <libintl.h>

#define MIG_TEXT_DOMAIN "migstat"
#define _(text) dgettext(MIG_TEXT_DOMAIN, text)
#define N_(text) text

#endif
